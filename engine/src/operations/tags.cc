#include "operations/tags.h"

#include <algorithm>

#include "support/name_set.h"

namespace sortkey {
namespace {

constexpr size_t kTagsMax = 50;
constexpr size_t kKeyCharactersMax = 128;
constexpr size_t kValueCharactersMax = 256;
constexpr size_t kTagSetBytesMax = 10 * 1024;

// Letters and digits (any above ASCII counts as a letter), space and + - = . _ : / @.
bool valid_text(std::string_view text, size_t characters_max) {
    size_t characters = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte & 0xc0) != 0x80 && ++characters > characters_max) return false;
        const bool letter = (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
        const bool digit = byte >= '0' && byte <= '9';
        if (!letter && !digit && byte < 0x80 && std::string_view(" +-=._:/@").find(c) == std::string_view::npos)
            return false;
    }
    return true;
}

std::string shown(json::Node text) { return text ? std::string(text.text()) : "null"; }

Error too_many_tags() {
    return Error::validation("Number of Tags exceed the current limit for the provided ResourceArn");
}

Status check_tag_key(json::Node key) {
    if (!key || key.text().empty() || !valid_text(key.text(), kKeyCharactersMax))
        return Error::validation("The Tag Key provided is invalid, Key: " + shown(key));
    if (key.text().starts_with("aws:"))
        return Error::validation("Tag Key cannot be prefixed with aws:, Key: " + shown(key));
    return {};
}

}  // namespace

Status check_tag_keys(json::Node list) {
    if (list.count() > kTagsMax) return too_many_tags();
    for (const json::Node::Member element : list.elements())
        SORTKEY_CHECK(check_tag_key(element.value.is_null() ? json::Node() : element.value));
    return {};
}

Status merge_tags(json::Node list, Tags& tags) {
    Tags merged = tags;
    NameSet seen;
    for (const json::Node::Member element : list.elements()) {
        const json::Node value_text = element.value.find("Value");
        SORTKEY_CHECK(check_tag_key(element.value.find("Key")));
        if (!value_text || !valid_text(value_text.text(), kValueCharactersMax))
            return Error::validation("The Tag Value provided is invalid, Value: " + shown(value_text));
        const std::string_view key = element.value.find("Key").text();
        const std::string_view value = value_text.text();
        if (!seen.add(key))
            return Error::validation("Duplicate Tag Keys provided as input: Duplicate Tag Key found " +
                                     std::string(key));
        const auto at = std::lower_bound(merged.begin(), merged.end(), key,
                                         [](const auto& tag, std::string_view wanted) { return tag.first < wanted; });
        if (at != merged.end() && at->first == key) {
            at->second = value;
        } else if (merged.size() <= kTagsMax) {  // one too many is enough to refuse
            merged.emplace(at, key, value);
        }
    }
    if (merged.size() > kTagsMax) return too_many_tags();
    size_t bytes = 0;
    for (const auto& [key, value] : merged) bytes += key.size() + value.size();
    if (bytes > kTagSetBytesMax)
        return Error::validation("Tag set size " + std::to_string(bytes) + " bytes is above max size limit of " +
                                 std::to_string(kTagSetBytesMax) + " bytes");
    tags = std::move(merged);
    return {};
}

}  // namespace sortkey
