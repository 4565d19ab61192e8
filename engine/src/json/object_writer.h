// Writes a JSON object member by member.
//
//   ObjectWriter object(json);
//   object.text("TableName", name);
//   write_item(object.member("Item"), item);   // a value of any form
//   object.close();
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sortkey {

/// Joins members of a response object: `{` first, `,` between.
class ObjectWriter {
public:
    explicit ObjectWriter(std::string& out) : out_(out) { out_.push_back('{'); }
    /// Starts a member; its value is appended to the output by the caller.
    std::string& member(std::string_view name);
    void text(std::string_view name, std::string_view value);
    void number(std::string_view name, double value);
    void integer(std::string_view name, int64_t value);
    void boolean(std::string_view name, bool value);
    void close() { out_.push_back('}'); }
    /// The output itself, to continue a member that was begun.
    std::string& raw() { return out_; }

private:
    std::string& out_;
    bool first_ = true;
};

}  // namespace sortkey
