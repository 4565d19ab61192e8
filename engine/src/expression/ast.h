// The tree of an expression: plain data with positions, for text and for programmatic construction alike.
//
// Nodes live in one vector and name each other by number; a chain of AND or OR is one node with many children. Paths
// keep their parts in a second vector. Names and values are views: of the expression's text, of the request's
// placeholders, or of strings the tree owns (own()). Moving a tree keeps its views valid; copying is not possible.
//
//   Tree tree;                                             // built by hand, as legacy parameters and PartiQL do
//   NodeId a = tree.add_path({{"Year"}});
//   NodeId v = tree.add_value(encode(Value::string("x")));
//   tree.root = tree.add(Op::Equal, {a, v});
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "model/value.h"

namespace sortkey {

/// Bytes of the expression's text.
struct Span {
    uint32_t offset = 0;
    uint32_t length = 0;
};

struct PathPart {
    std::string_view name;  ///< the attribute's name; between parsing and binding it may be a "#placeholder"
    uint32_t index = 0;     ///< list position, when is_index
    bool is_index = false;
    Span span = {};

    static PathPart of_name(std::string_view name) { return {name, 0, false, {}}; }
    static PathPart of_index(uint32_t index) { return {{}, index, true, {}}; }
    friend bool operator==(const PathPart& a, const PathPart& b) {
        return a.is_index == b.is_index && (a.is_index ? a.index == b.index : a.name == b.name);
    }
};

/// A document path, read in place from a tree.
struct PathView {
    const PathPart* parts = nullptr;
    uint32_t count = 0;

    std::string_view head() const { return parts[0].name; }
    bool nested() const { return count > 1; }
    const PathPart* begin() const { return parts; }
    const PathPart* end() const { return parts + count; }
};

enum class Op : uint8_t {
    Path,
    Value,
    // conditions
    And,
    Or,
    Not,
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Between,
    In,
    // functions
    AttributeExists,
    AttributeNotExists,
    AttributeType,
    BeginsWith,
    Contains,
    Size,
    IfNotExists,
    ListAppend,
    UnknownFunction,
    // arithmetic of SET
    Plus,
    Minus,
};

using NodeId = uint32_t;
inline constexpr NodeId kNoNode = 0xffffffff;

struct Node {
    Op op = Op::Value;
    NodeId first_child = kNoNode;
    NodeId next = kNoNode;    ///< next sibling
    uint32_t part_first = 0;  ///< Path: where its parts start
    uint32_t part_count = 0;
    Span span;              ///< operand: all of it; operator: the operator's own token; function: its name
    std::string_view text;  ///< Value: the placeholder; function: its name as written; operator: as written
    ValueView value;        ///< Value: set by binding
};

struct Tree {
    std::vector<Node> nodes;
    std::vector<PathPart> parts;
    NodeId root = kNoNode;  ///< of a condition
    std::vector<std::unique_ptr<std::string>> owned;

    const Node& operator[](NodeId id) const { return nodes[id]; }
    PathView path(const Node& node) const { return {parts.data() + node.part_first, node.part_count}; }
    PathView path(NodeId id) const { return path(nodes[id]); }

    /// Keeps a string as long as the tree lives.
    std::string_view own(std::string text);
    /// Adds a path; the names must outlive the tree (see own()).
    NodeId add_path(std::initializer_list<PathPart> path) { return add_path(path.begin(), path.size()); }
    NodeId add_path(const PathPart* path, size_t count);
    /// Adds a constant that outlives the tree.
    NodeId add_value(ValueView value);
    /// Adds a constant and owns its encoded form.
    NodeId add_value(std::string encoded) { return add_value(ValueView(own(std::move(encoded)))); }
    /// Adds an operator or function over operands that were added before.
    NodeId add(Op op, std::initializer_list<NodeId> children) { return add(op, children.begin(), children.size()); }
    NodeId add(Op op, const NodeId* children, size_t count);
};

/// Calls visit(PathView, const Node&) for every path of the tree in text order.
template <class Visit>
void for_each_path(const Tree& tree, Visit visit) {
    for (const Node& node : tree.nodes)
        if (node.op == Op::Path) visit(tree.path(node), node);
}

/// The name of an operator or function as error texts show it, e.g. "<=", "BETWEEN", "size".
std::string_view op_name(Op op);

/// "[a, b, [0]]", the form error texts use.
std::string path_text(PathView path);

/// The tree as one line, e.g. `(and (= [a] :v) (size [b]))`; for tests and debugging.
std::string print(const Tree& tree, NodeId id);

}  // namespace sortkey
