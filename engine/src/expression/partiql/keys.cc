// What WHERE says about keys.
#include "expression/partiql/statement.h"

namespace sortkey::partiql {
namespace {

bool is_name(const Tree& tree, NodeId id, std::string_view name) {
    const Node& node = tree[id];
    return node.op == Op::Path && node.part_count == 1 && tree.path(node).head() == name;
}

bool is_value(const Tree& tree, NodeId id) { return tree[id].op == Op::Value; }

void collect_conjuncts(const Tree& tree, NodeId id, std::vector<NodeId>& out) {
    if (id == kNoNode) return;
    if (tree[id].op != Op::And) return out.push_back(id);
    for (NodeId child = tree[id].first_child; child != kNoNode; child = tree[child].next)
        collect_conjuncts(tree, child, out);
}

/// `name` compared with constants, in either order of the operands.
bool comparison_of(const Tree& tree, NodeId id, std::string_view name, KeyTerm& term) {
    const Node& node = tree[id];
    static constexpr KeyComparator kStraight[] = {KeyComparator::Less, KeyComparator::LessEqual, KeyComparator::Greater,
                                                  KeyComparator::GreaterEqual};
    static constexpr KeyComparator kMirrored[] = {KeyComparator::Greater, KeyComparator::GreaterEqual,
                                                  KeyComparator::Less, KeyComparator::LessEqual};
    const bool ordering = node.op >= Op::Less && node.op <= Op::GreaterEqual;
    if (!ordering && node.op != Op::Equal && node.op != Op::Between && node.op != Op::BeginsWith) return false;
    const NodeId left = node.first_child;
    const NodeId right = tree[left].next;
    const bool straight = is_name(tree, left, name) && is_value(tree, right);
    const bool mirrored = (ordering || node.op == Op::Equal) && is_name(tree, right, name) && is_value(tree, left);
    if (!straight && !mirrored) return false;
    term = {name, KeyComparator::Equal, tree[straight ? right : left].value, {}, node.span};
    if (ordering) {
        const auto which = static_cast<size_t>(node.op) - static_cast<size_t>(Op::Less);
        term.comparator = straight ? kStraight[which] : kMirrored[which];
    } else if (node.op == Op::Between) {
        const NodeId upper = tree[right].next;
        if (!is_value(tree, upper)) return false;
        term.comparator = KeyComparator::Between;
        term.upper = tree[upper].value;
    } else if (node.op == Op::BeginsWith) {
        term.comparator = KeyComparator::BeginsWith;
    }
    return true;
}

void add_once(std::vector<ValueView>& values, ValueView value) {
    for (const ValueView known : values)
        if (known == value) return;
    values.push_back(value);
}

bool collect_fixed(const Tree& tree, NodeId id, std::string_view name, std::vector<ValueView>& values) {
    const Node& node = tree[id];
    if (node.op == Op::And) {
        for (NodeId child = node.first_child; child != kNoNode; child = tree[child].next)
            if (collect_fixed(tree, child, name, values)) return true;
        return false;
    }
    if (node.op == Op::Or) {
        const size_t before = values.size();
        for (NodeId child = node.first_child; child != kNoNode; child = tree[child].next) {
            if (collect_fixed(tree, child, name, values)) continue;
            values.resize(before);
            return false;
        }
        return true;
    }
    if (node.op == Op::In) {
        if (!is_name(tree, node.first_child, name)) return false;
        for (NodeId child = tree[node.first_child].next; child != kNoNode; child = tree[child].next)
            if (!is_value(tree, child)) return false;
        for (NodeId child = tree[node.first_child].next; child != kNoNode; child = tree[child].next)
            add_once(values, tree[child].value);
        return true;
    }
    KeyTerm term;
    if (!comparison_of(tree, id, name, term) || term.comparator != KeyComparator::Equal) return false;
    add_once(values, term.lower);
    return true;
}

}  // namespace

void take_equalities(Tree& tree, const std::vector<std::string_view>& names, std::vector<ValueView>& values) {
    values.assign(names.size(), {});
    std::vector<NodeId> conjuncts;
    collect_conjuncts(tree, tree.root, conjuncts);
    std::vector<NodeId> rest;
    for (const NodeId id : conjuncts) {
        bool taken = false;
        KeyTerm term;
        for (size_t i = 0; i < names.size() && !taken; ++i) {
            if (values[i] || !comparison_of(tree, id, names[i], term)) continue;
            taken = term.comparator == KeyComparator::Equal;
            if (taken) values[i] = term.lower;
        }
        if (!taken) rest.push_back(id);
    }
    for (const NodeId id : rest) tree.nodes[id].next = kNoNode;
    tree.root = rest.empty() ? kNoNode : rest.size() == 1 ? rest[0] : tree.add(Op::And, rest.data(), rest.size());
}

bool fixed_values(const Tree& tree, std::string_view name, std::vector<ValueView>& values) {
    return tree.root != kNoNode && collect_fixed(tree, tree.root, name, values);
}

bool range_term(const Tree& tree, std::string_view name, KeyTerm& term) {
    std::vector<NodeId> conjuncts;
    collect_conjuncts(tree, tree.root, conjuncts);
    for (const NodeId id : conjuncts)
        if (comparison_of(tree, id, name, term)) return true;
    return false;
}

}  // namespace sortkey::partiql
