// Members of JSON that was stored. Stored bytes are not trusted: what has another type than it should reads as absent.
#pragma once

#include <cstdint>
#include <string_view>

#include "json/document.h"

namespace sortkey::json {

inline bool is(Node node, Kind kind) { return node && node.kind() == kind; }

/// Text of a string; of anything else, none.
inline std::string_view stored_text(Node node) { return is(node, Kind::String) ? node.text() : std::string_view(); }

inline Node stored_member(Node object, std::string_view name) {
    return is(object, Kind::Object) ? object.find(name) : Node();
}

inline std::string_view text_in(Node object, std::string_view name) { return stored_text(stored_member(object, name)); }

inline int64_t integer_in(Node object, std::string_view name, int64_t otherwise = 0) {
    const Node node = stored_member(object, name);
    return is(node, Kind::Integer) ? node.integer() : otherwise;
}

inline bool boolean_in(Node object, std::string_view name) { return is(stored_member(object, name), Kind::True); }

/// Elements of an array; of anything else, none.
inline Node::Range stored_elements(Node node) {
    if (is(node, Kind::Array)) return node.elements();
    return {{nullptr, 0, false}, {nullptr, 0, false}};
}

inline Node::Range elements_in(Node object, std::string_view name) {
    return stored_elements(stored_member(object, name));
}

}  // namespace sortkey::json
