#include "request.h"

namespace sortkey::notation {

Request::Request(std::string_view names, std::string_view values)
    : names_(std::make_unique<std::string>(names)), values_(std::make_unique<std::string>(item(values))) {
    const std::string_view all = *names_;
    for (size_t at = 0; at < all.size();) {
        size_t end = all.find(", ", at);
        if (end == std::string_view::npos) end = all.size();
        const std::string_view pair = all.substr(at, end - at);
        const size_t equals = pair.find('=');
        placeholders.add_name(pair.substr(0, equals), pair.substr(equals + 1));
        at = end + 2;
    }
    for (const MapEntry entry : ItemView(*values_)) placeholders.add_value(entry.name, entry.value);
}

std::string_view underlined(const Error& error, std::string_view text) {
    if (error.position.parameter.empty()) return "";
    return text.substr(error.position.offset, error.position.length);
}

}  // namespace sortkey::notation
