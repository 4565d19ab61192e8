#include "operations/start_key.h"

#include "expression/value_text.h"

namespace sortkey {
namespace {

constexpr std::string_view kInvalid = "The provided starting key is invalid";

Error named(Error error) {
    error.message.insert(0, std::string(kInvalid) + ": ");
    return error;
}

bool inside_range(const KeySchema& keys, const KeyPlan& plan, ItemView key) {
    for (size_t i = 0; i < plan.range.size(); ++i)
        if (!(key.find(keys.range[i].name) == plan.range[i])) return false;
    if (!plan.has_last) return true;
    return matches(plan.last, key.find(keys.range[plan.range.size()].name), plan.lower, plan.upper);
}

bool inside_partition(const KeySchema& keys, const KeyPlan& plan, ItemView key) {
    for (size_t i = 0; i < plan.hash.size(); ++i)
        if (!(key.find(keys.hash[i].name) == plan.hash[i])) return false;
    return true;
}

}  // namespace

Result<std::string> read_start_key(Call& call, json::Node key) {
    auto read = read_attributes(call, key);
    if (!read && !read.error().conversion) return named(std::move(read.error()));
    return read;
}

Status check_start_key_count(const Source& source, ItemView key) {
    size_t expected = source.table->keys.size();
    if (source.index) {
        const KeySchema& keys = source.keys();
        for (size_t i = 0; i < keys.size(); ++i)
            if (!source.table->keys.find(keys.at(i).name)) ++expected;
    }
    if (key.count() == expected) return {};
    return Error::validation(std::string(kInvalid));
}

Status check_start_key_part(const Source& source, ItemView key, KeyPart part, Wording wording) {
    const KeySchema& keys = source.keys();
    for (const KeyAttribute& attribute : part == KeyPart::Hash ? keys.hash : keys.range) {
        const ValueView value = key.find(attribute.name);
        if (!value) return Error::validation(std::string(kInvalid));
        if (value.type() != attribute.type)
            return Error::validation(wording == Wording::older ? "The provided key element does not match the schema"
                                                               : std::string(kInvalid));
        SORTKEY_CHECK(check_key_value(attribute, value, part == KeyPart::Hash));
    }
    return {};
}

Status check_start_key_table_part(const Source& source, ItemView key) {
    const KeySchema& keys = source.table->keys;
    bool complete = true;
    for (size_t i = 0; i < keys.size(); ++i) complete = complete && key.find(keys.at(i).name);
    const std::string table_key = source.index && complete ? key_of(keys, key) : std::string();
    auto row = row_key_of_key(keys, table_key.empty() ? key : ItemView(table_key));
    if (!row) return named(std::move(row.error()));
    return {};
}

Status check_start_key_range(const Source& source, const KeyPlan& plan, ItemView key) {
    const KeySchema& keys = source.keys();
    if (!source.index && keys.range.empty()) {
        std::string text =
            "The provided exclusive start key is invalid: ExclusiveStartKey: {" + keys.hash[0].name + "=";
        append_value_text(text, key.find(keys.hash[0].name));
        return Error::validation(text + "}");
    }
    const bool ranged = !plan.range.empty() || plan.has_last;
    if (!inside_range(keys, plan, key))
        return Error::validation("The provided starting key does not match the range key predicate");
    if (!inside_partition(keys, plan, key) && !ranged)
        return Error::validation("The provided starting key is outside query boundaries based on provided conditions");
    if (!inside_partition(keys, plan, key) || (!source.index && plan.pins_row(keys)))
        return Error::validation("The query can return at most one row and cannot be restarted");
    return {};
}

std::string start_row_of(const Source& source, ItemView key) {
    return source.index ? index_row_key(source.keys(), source.table->keys, key)
                        : table_row_key(source.table->keys, key);
}

}  // namespace sortkey
