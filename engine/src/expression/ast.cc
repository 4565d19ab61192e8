#include "expression/ast.h"

namespace sortkey {

std::string_view op_name(Op op) {
    static constexpr std::string_view kNames[] = {"",
                                                  "",
                                                  "AND",
                                                  "OR",
                                                  "NOT",
                                                  "=",
                                                  "<>",
                                                  "<",
                                                  "<=",
                                                  ">",
                                                  ">=",
                                                  "BETWEEN",
                                                  "IN",
                                                  "attribute_exists",
                                                  "attribute_not_exists",
                                                  "attribute_type",
                                                  "begins_with",
                                                  "contains",
                                                  "size",
                                                  "if_not_exists",
                                                  "list_append",
                                                  "",
                                                  "+",
                                                  "-"};
    static_assert(sizeof(kNames) / sizeof(kNames[0]) == static_cast<size_t>(Op::Minus) + 1);
    return kNames[static_cast<size_t>(op)];
}

std::string_view Tree::own(std::string text) {
    owned.push_back(std::make_unique<std::string>(std::move(text)));
    return *owned.back();
}

NodeId Tree::add_path(const PathPart* path, size_t count) {
    Node node;
    node.op = Op::Path;
    node.part_first = static_cast<uint32_t>(parts.size());
    node.part_count = static_cast<uint32_t>(count);
    parts.insert(parts.end(), path, path + count);
    nodes.push_back(node);
    return static_cast<NodeId>(nodes.size() - 1);
}

NodeId Tree::add_value(ValueView value) {
    Node node;
    node.op = Op::Value;
    node.value = value;
    nodes.push_back(node);
    return static_cast<NodeId>(nodes.size() - 1);
}

NodeId Tree::add(Op op, const NodeId* children, size_t count) {
    Node node;
    node.op = op;
    node.text = op_name(op);
    if (count > 0) node.first_child = children[0];
    for (size_t i = 1; i < count; ++i) nodes[children[i - 1]].next = children[i];
    nodes.push_back(node);
    return static_cast<NodeId>(nodes.size() - 1);
}

std::string path_text(PathView path) {
    std::string text = "[";
    for (const PathPart& part : path) {
        if (text.size() > 1) text += ", ";
        if (part.is_index) {
            text += '[';
            text += std::to_string(part.index);
            text += ']';
        } else {
            text += part.name;
        }
    }
    text += ']';
    return text;
}

std::string print(const Tree& tree, NodeId id) {
    const Node& node = tree[id];
    if (node.op == Op::Path) return path_text(tree.path(node));
    if (node.op == Op::Value) return node.text.empty() ? "value" : std::string(node.text);
    std::string text = "(";
    text += node.op == Op::UnknownFunction ? node.text : op_name(node.op);
    for (NodeId child = node.first_child; child != kNoNode; child = tree[child].next) {
        text += ' ';
        text += print(tree, child);
    }
    text += ')';
    return text;
}

}  // namespace sortkey
