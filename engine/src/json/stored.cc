#include "json/stored.h"

namespace sortkey::json {

bool is(Node node, Kind kind) { return node && node.kind() == kind; }

std::string_view stored_text(Node node) { return is(node, Kind::String) ? node.text() : std::string_view(); }

Node stored_member(Node object, std::string_view name) { return is(object, Kind::Object) ? object.find(name) : Node(); }

std::string_view text_in(Node object, std::string_view name) { return stored_text(stored_member(object, name)); }

int64_t integer_in(Node object, std::string_view name, int64_t otherwise) {
    const Node node = stored_member(object, name);
    return is(node, Kind::Integer) ? node.integer() : otherwise;
}

bool boolean_in(Node object, std::string_view name) { return is(stored_member(object, name), Kind::True); }

Node::Range stored_elements(Node node) {
    if (is(node, Kind::Array)) return node.elements();
    return {{nullptr, 0, false}, {nullptr, 0, false}};
}

Node::Range elements_in(Node object, std::string_view name) { return stored_elements(stored_member(object, name)); }

}  // namespace sortkey::json
