#include "operations/tags.h"

#include <algorithm>

namespace sortkey {
namespace {

constexpr size_t kTagsMax = 50;

// Letters and digits (any above ASCII counts as a letter), space and + - = . _ : / @.
bool valid_text(std::string_view text) {
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool letter = (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
        const bool digit = byte >= '0' && byte <= '9';
        if (!letter && !digit && byte < 0x80 && std::string_view(" +-=._:/@").find(c) == std::string_view::npos)
            return false;
    }
    return true;
}

}  // namespace

Status merge_tags(json::Node list, Tags& tags) {
    Tags merged = tags;
    std::vector<std::string_view> seen;
    for (const json::Node::Member element : list.elements()) {
        const std::string_view key = element.value.find("Key").text();
        const std::string_view value = element.value.find("Value").text();
        if (std::find(seen.begin(), seen.end(), key) != seen.end())
            return Error::validation("Duplicate Tag Keys provided as input: Duplicate Tag Key found " +
                                     std::string(key));
        seen.push_back(key);
        if (key.starts_with("aws:") || !valid_text(key))
            return Error::validation("The Tag Key provided is invalid, Key: " + std::string(key));
        if (!valid_text(value))
            return Error::validation("The Tag Value provided is invalid. Tag Key: " + std::string(key) +
                                     ", Tag Value: " + std::string(value));
        const auto at = std::lower_bound(merged.begin(), merged.end(), key,
                                         [](const auto& tag, std::string_view wanted) { return tag.first < wanted; });
        if (at != merged.end() && at->first == key) {
            at->second = value;
        } else {
            merged.emplace(at, key, value);
        }
    }
    if (merged.size() > kTagsMax)
        return Error::validation("Number of Tags exceed the current limit for the provided ResourceArn");
    tags = std::move(merged);
    return {};
}

}  // namespace sortkey
