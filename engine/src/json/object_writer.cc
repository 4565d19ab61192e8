#include "json/object_writer.h"

#include "json/attribute_value.h"

namespace sortkey {

std::string& ObjectWriter::member(std::string_view name) {
    if (!first_) out_.push_back(',');
    first_ = false;
    out_.push_back('"');
    out_ += name;
    out_ += "\":";
    return out_;
}

void ObjectWriter::text(std::string_view name, std::string_view value) { json::write_string(member(name), value); }
void ObjectWriter::number(std::string_view name, double value) { json::write_number(member(name), value); }
void ObjectWriter::integer(std::string_view name, int64_t value) { member(name) += std::to_string(value); }
void ObjectWriter::boolean(std::string_view name, bool value) { member(name) += value ? "true" : "false"; }

}  // namespace sortkey
