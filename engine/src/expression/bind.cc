#include "expression/bind.h"

#include "expression/parser.h"

namespace sortkey {
namespace {

// These return the node or part that is not defined, or nullptr, so that the common path carries no Error around.

const PathPart* bind_path(Tree& tree, const Node& node, Placeholders& placeholders) {
    for (uint32_t i = node.part_first; i < node.part_first + node.part_count; ++i) {
        PathPart& part = tree.parts[i];
        if (part.is_index || part.name[0] != '#') continue;
        const std::string_view* name = placeholders.use_name(part.name);
        if (name == nullptr) return &part;
        part.name = *name;
    }
    return nullptr;
}

bool bind_value(Node& node, Placeholders& placeholders) {
    node.value = placeholders.use_value(node.text);
    return static_cast<bool>(node.value);
}

Error name_error(Kind kind, const PathPart& part) {
    return expression_error(kind,
                            "An expression attribute name used in the document path is not defined; attribute name: " +
                                std::string(part.name),
                            part.span);
}

Error value_error(Kind kind, const Node& node) {
    return expression_error(
        kind,
        "An expression attribute value used in expression is not defined; attribute value: " + std::string(node.text),
        node.span);
}

}  // namespace

Status bind_names(Kind kind, Tree& tree, NodeId first, NodeId last, Placeholders& placeholders) {
    for (NodeId id = first; id < last; ++id) {
        if (tree.nodes[id].op != Op::Path) continue;
        if (const PathPart* part = bind_path(tree, tree.nodes[id], placeholders)) return name_error(kind, *part);
    }
    return {};
}

Status bind_values(Kind kind, Tree& tree, NodeId first, NodeId last, Placeholders& placeholders) {
    for (NodeId id = first; id < last; ++id) {
        Node& node = tree.nodes[id];
        if (node.op == Op::Value && !bind_value(node, placeholders)) return value_error(kind, node);
    }
    return {};
}

Status bind(Kind kind, Tree& tree, NodeId first, NodeId last, Placeholders& placeholders) {
    for (NodeId id = first; id < last; ++id) {
        Node& node = tree.nodes[id];
        if (node.op == Op::Value) {
            if (!bind_value(node, placeholders)) return value_error(kind, node);
        } else if (node.op == Op::Path) {
            if (const PathPart* part = bind_path(tree, node, placeholders)) return name_error(kind, *part);
        }
    }
    return {};
}

}  // namespace sortkey
