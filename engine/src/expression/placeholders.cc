#include "expression/placeholders.h"

#include <string>

#include "expression/path_order.h"

namespace sortkey {
namespace {

constexpr size_t kLinearMax = 16;  // below it, looking at every entry is the fastest search

Status check_key(std::string_view key, char sigil, std::string_view parameter) {
    bool valid = key.size() > 1 && key[0] == sigil;
    for (size_t i = 1; valid && i < key.size(); ++i) {
        const char c = key[i];
        valid = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }
    if (valid) return {};
    return Error::validation(std::string(parameter) + " contains invalid key: Syntax error; key: \"" +
                             std::string(key) + "\"");
}

}  // namespace

void Placeholders::Set::add(Entry entry) {
    entries.push_back(entry);
    sorted.clear();
}

Placeholders::Entry* Placeholders::Set::find(std::string_view placeholder) {
    if (entries.size() <= kLinearMax) {
        for (Entry& entry : entries)
            if (entry.placeholder == placeholder) return &entry;
        return nullptr;
    }
    if (sorted.size() != entries.size()) {
        sorted.resize(entries.size());
        for (uint32_t i = 0; i < sorted.size(); ++i) sorted[i] = i;
        sort_ids(
            sorted.data(), sorted.size(),
            [](const void* context, uint32_t a, uint32_t b) {
                const auto* all = static_cast<const Entry*>(context);
                return all[a].placeholder < all[b].placeholder;
            },
            entries.data());
    }
    size_t low = 0;
    size_t high = sorted.size();
    while (low < high) {
        const size_t middle = (low + high) / 2;
        Entry& entry = entries[sorted[middle]];
        const int order = entry.placeholder.compare(placeholder);
        if (order == 0) return &entry;
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return nullptr;
}

Status Placeholders::Set::check_unused(std::string_view parameter) const {
    std::string keys;
    for (const Entry& entry : entries) {
        if (entry.used) continue;
        if (!keys.empty()) keys += ", ";
        keys += entry.placeholder;
    }
    if (keys.empty()) return {};
    return Error::validation("Value provided in " + std::string(parameter) + " unused in expressions: keys: {" + keys +
                             "}");
}

void Placeholders::add_name(std::string_view placeholder, std::string_view attribute) {
    names_.add({placeholder, attribute, {}, false});
}

void Placeholders::add_value(std::string_view placeholder, ValueView value) {
    values_.add({placeholder, {}, value, false});
}

const std::string_view* Placeholders::use_name(std::string_view placeholder) {
    Entry* entry = names_.find(placeholder);
    if (entry == nullptr) return nullptr;
    entry->used = true;
    return &entry->name;
}

ValueView Placeholders::use_value(std::string_view placeholder) {
    Entry* entry = values_.find(placeholder);
    if (entry == nullptr) return {};
    entry->used = true;
    return entry->value;
}

Status Placeholders::check_unused() const {
    SORTKEY_CHECK(names_.check_unused("ExpressionAttributeNames"));
    return values_.check_unused("ExpressionAttributeValues");
}

Status check_name_placeholder(std::string_view key) { return check_key(key, '#', "ExpressionAttributeNames"); }
Status check_value_placeholder(std::string_view key) { return check_key(key, ':', "ExpressionAttributeValues"); }

}  // namespace sortkey
