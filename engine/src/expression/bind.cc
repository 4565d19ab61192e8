#include "expression/bind.h"

#include "expression/parser.h"

namespace sortkey {

Status bind_names(Kind kind, Tree& tree, NodeId first, NodeId last, Placeholders& placeholders) {
    for (NodeId id = first; id < last; ++id) {
        const Node& node = tree.nodes[id];
        if (node.op != Op::Path) continue;
        for (uint32_t i = node.part_first; i < node.part_first + node.part_count; ++i) {
            PathPart& part = tree.parts[i];
            if (part.is_index || part.name[0] != '#') continue;
            const std::string_view* name = placeholders.use_name(part.name);
            if (name == nullptr) {
                return expression_error(
                    kind,
                    "An expression attribute name used in the document path is not defined; attribute name: " + std::string(part.name),
                    part.span);
            }
            part.name = *name;
        }
    }
    return {};
}

Status bind_values(Kind kind, Tree& tree, NodeId first, NodeId last, Placeholders& placeholders) {
    for (NodeId id = first; id < last; ++id) {
        Node& node = tree.nodes[id];
        if (node.op != Op::Value) continue;
        node.value = placeholders.use_value(node.text);
        if (!node.value) {
            return expression_error(
                kind, "An expression attribute value used in expression is not defined; attribute value: " + std::string(node.text),
                node.span);
        }
    }
    return {};
}

Status bind(Kind kind, Tree& tree, NodeId first, NodeId last, Placeholders& placeholders) {
    for (NodeId id = first; id < last; ++id) {
        SORTKEY_CHECK(bind_names(kind, tree, id, id + 1, placeholders));
        SORTKEY_CHECK(bind_values(kind, tree, id, id + 1, placeholders));
    }
    return {};
}

}  // namespace sortkey
