// Checks of conditions, filters and key conditions.
#include "expression/validate.h"
#include "expression/value_text.h"

namespace sortkey {
namespace {

// 99 values after the tested operand, as observed; the documentation says 100.
constexpr uint32_t kInOperandsMax = 100;

bool is_function(Op op) { return op >= Op::AttributeExists && op <= Op::UnknownFunction; }
bool is_comparator(Op op) { return op >= Op::Equal && op <= Op::GreaterEqual; }
bool is_ordering(Op op) { return op >= Op::Less && op <= Op::GreaterEqual; }
bool is_ordered(Type type) { return type == Type::S || type == Type::N || type == Type::B; }

uint32_t operand_count(Op function) {
    switch (function) {
        case Op::AttributeExists:
        case Op::AttributeNotExists:
        case Op::Size:
            return 1;
        default:
            return 2;
    }
}

bool same_path(PathView a, PathView b) {
    if (a.count != b.count) return false;
    for (uint32_t i = 0; i < a.count; ++i)
        if (!(a.parts[i] == b.parts[i])) return false;
    return true;
}

Status check_distinct(Kind kind, const Tree& tree, const Node& node) {
    const bool concerned =
        is_comparator(node.op) || node.op == Op::Contains || node.op == Op::BeginsWith || node.op == Op::AttributeType;
    if (!concerned || node.first_child == kNoNode) return {};
    const Node& left = tree[node.first_child];
    if (left.next == kNoNode) return {};
    const Node& right = tree[left.next];
    if (left.op != Op::Path || right.op != Op::Path || !same_path(tree.path(left), tree.path(right))) return {};
    std::string detail =
        "The first operand must be distinct from the remaining operands for this operator or function; operator: ";
    detail += op_name(node.op);
    detail += ", first operand: ";
    detail += path_text(tree.path(left));
    return expression_error(kind, std::move(detail), right.span);
}

/// Every constant operand must be of an ordered type.
Status check_ordered(Kind kind, const Tree& tree, const Node& node) {
    for (NodeId id = node.first_child; id != kNoNode; id = tree[id].next) {
        Type type;
        if (known_type(tree, id, type) && !is_ordered(type))
            return operand_type_error(kind, op_name(node.op), type_name(type), tree[id].span);
    }
    return {};
}

Status check_between(Kind kind, const Tree& tree, const Node& node) {
    SORTKEY_CHECK(check_ordered(kind, tree, node));
    const Node& lower = tree[tree[node.first_child].next];
    const Node& upper = tree[lower.next];
    if (lower.op != Op::Value || upper.op != Op::Value) return {};
    std::string detail;
    if (lower.value.type() != upper.value.type()) {
        detail = "The BETWEEN operator requires same data type for lower and upper bounds; lower bound operand: ";
    } else if (lower.value.scalar() > upper.value.scalar()) {
        detail =
            "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound "
            "operand: ";
    } else {
        return {};
    }
    append_value_text(detail, lower.value);
    detail += ", upper bound operand: ";
    append_value_text(detail, upper.value);
    return expression_error(kind, std::move(detail),
                            {lower.span.offset, upper.span.offset + upper.span.length - lower.span.offset});
}

Status check_attribute_type(Kind kind, const Tree& tree, const Node& node) {
    const NodeId id = tree[node.first_child].next;
    const Node& wanted = tree[id];
    Type type;
    if (!known_type(tree, id, type)) {
        return operand_type_error(kind, op_name(node.op), "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}", wanted.span);
    }
    if (type != Type::S) return operand_type_error(kind, op_name(node.op), type_name(type), wanted.span);
    const std::string_view name = wanted.value.scalar();
    for (int t = 0; t <= static_cast<int>(Type::BS); ++t)
        if (type_name(static_cast<Type>(t)) == name) return {};
    return expression_error(kind,
                            "Invalid attribute type name found; type: " + std::string(name) +
                                ", valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}",
                            wanted.span);
}

Status check_operand_types(Kind kind, const Tree& tree, const Node& node) {
    Type type;
    switch (node.op) {
        case Op::AttributeExists:
        case Op::AttributeNotExists:
            if (tree[node.first_child].op != Op::Path)
                return path_required_error(kind, node, tree[node.first_child].span);
            return {};
        case Op::AttributeType:
            return check_attribute_type(kind, tree, node);
        case Op::BeginsWith:
            for (NodeId id = node.first_child; id != kNoNode; id = tree[id].next) {
                if (known_type(tree, id, type) && type != Type::S && type != Type::B)
                    return operand_type_error(kind, op_name(node.op), type_name(type), tree[id].span);
            }
            return {};
        case Op::Size:
            if (known_type(tree, node.first_child, type) &&
                (type == Type::N || type == Type::BOOL || type == Type::NULL_))
                return operand_type_error(kind, op_name(node.op), type_name(type), tree[node.first_child].span);
            return {};
        case Op::Between:
            return check_between(kind, tree, node);
        default:
            return is_ordering(node.op) ? check_ordered(kind, tree, node) : Status();
    }
}

}  // namespace

Status check_function_use(Kind kind, const Tree& tree) {
    for (const Node& node : tree.nodes) {
        const bool joins = node.op == Op::And || node.op == Op::Or || node.op == Op::Not;
        for (NodeId id = node.first_child; id != kNoNode; id = tree[id].next) {
            const Node& child = tree[id];
            if (is_function(child.op) && (child.op == Op::Size) == joins) return misused_function_error(kind, child);
        }
    }
    if (tree[tree.root].op == Op::Size) return misused_function_error(kind, tree[tree.root]);
    return {};
}

Status check_condition(Kind kind, const Tree& tree, NodeId first, NodeId last) {
    for (NodeId id = first; id < last; ++id) {
        const Node& node = tree[id];
        if (!is_function(node.op) && node.op != Op::In) continue;
        const uint32_t count = count_children(tree, node);
        if (node.op == Op::In ? count > kInOperandsMax : count != operand_count(node.op))
            return operand_count_error(kind, node, count);
    }
    for (NodeId id = first; id < last; ++id) SORTKEY_CHECK(check_distinct(kind, tree, tree[id]));
    for (NodeId id = first; id < last; ++id) SORTKEY_CHECK(check_operand_types(kind, tree, tree[id]));
    return {};
}

}  // namespace sortkey
