// ExpressionAttributeNames and ExpressionAttributeValues of one request, with marks of those that were used.
#pragma once

#include <string_view>
#include <vector>

#include "model/value.h"
#include "sortkey/result.h"

namespace sortkey {

/// One set serves all expressions of a request. Everything is a view: what is added must outlive this object and every
/// expression compiled with it.
class Placeholders {
public:
    void add_name(std::string_view placeholder, std::string_view attribute);
    void add_value(std::string_view placeholder, ValueView value);

    /// The attribute's name behind "#x", marked as used; nullptr when not defined.
    const std::string_view* use_name(std::string_view placeholder);
    /// The value behind ":x", marked as used; empty when not defined.
    ValueView use_value(std::string_view placeholder);

    /// Errors: Validation `Value provided in ExpressionAttributeNames unused in expressions: keys: {#a, #b}`, names
    /// first, in the order they were sent.
    Status check_unused() const;

private:
    struct Entry {
        std::string_view placeholder;
        std::string_view name;
        ValueView value;
        bool used = false;
    };
    struct Set {
        std::vector<Entry> entries;
        std::vector<uint32_t> sorted;  // positions by placeholder; only kept for large sets
        void add(Entry entry);
        Entry* find(std::string_view placeholder);
        Status check_unused(std::string_view parameter) const;
    };
    Set names_;
    Set values_;
};

/// Errors: Validation `ExpressionAttributeNames contains invalid key: Syntax error; key: "a"`.
Status check_name_placeholder(std::string_view key);
/// The same for `ExpressionAttributeValues` and ":a".
Status check_value_placeholder(std::string_view key);

}  // namespace sortkey
