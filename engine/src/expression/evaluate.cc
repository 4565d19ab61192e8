// Conditions against an item. A missing operand makes everything false except attribute_not_exists and <>.
#include "expression/evaluate.h"

#include <cstring>

#include "expression/expression.h"

namespace sortkey {
namespace {

bool is_ordered(Type type) { return type == Type::S || type == Type::N || type == Type::B; }

/// Room for the encoded result of one size().
struct Scratch {
    char bytes[2 + 24];
};

/// Length of UTF-8 text in UTF-16 units.
int64_t utf16_length(std::string_view text) {
    int64_t units = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        units += (byte & 0xc0) != 0x80;  // every lead byte is a unit,
        units += byte >= 0xf0;           // and beyond the first plane two
    }
    return units;
}

/// The size of a value as an encoded number; empty for what has no size.
ValueView size_of(ValueView value, Scratch& scratch) {
    if (!value) return {};
    int64_t size = 0;
    switch (value.type()) {
        case Type::S:
            size = utf16_length(value.scalar());
            break;
        case Type::B:
            size = static_cast<int64_t>(value.scalar().size());
            break;
        case Type::L:
            size = value.list().count();
            break;
        case Type::M:
            size = value.map().count();
            break;
        case Type::SS:
        case Type::NS:
        case Type::BS:
            size = value.set().count();
            break;
        default:
            return {};
    }
    const std::string number = Number::from_int(size).bytes();
    scratch.bytes[0] = static_cast<char>(Type::N);
    scratch.bytes[1] = static_cast<char>(number.size());
    std::memcpy(scratch.bytes + 2, number.data(), number.size());
    return ValueView(scratch.bytes);
}

ValueView operand(const Tree& tree, NodeId id, ItemView item, Scratch& scratch) {
    const Node& node = tree[id];
    if (node.op == Op::Path) return resolve(tree.path(node), item);
    if (node.op == Op::Size) return size_of(operand(tree, node.first_child, item, scratch), scratch);
    return node.value;
}

/// Whether both are there and of one ordered type.
bool comparable(ValueView a, ValueView b) { return a && b && a.type() == b.type() && is_ordered(a.type()); }

bool contains(ValueView value, ValueView wanted) {
    if (!value || !wanted) return false;
    switch (value.type()) {
        case Type::S:
        case Type::B:
            return value.type() == wanted.type() && value.scalar().find(wanted.scalar()) != std::string_view::npos;
        case Type::SS:
            return wanted.type() == Type::S && value.set().contains(wanted.scalar());
        case Type::NS:
            return wanted.type() == Type::N && value.set().contains(wanted.scalar());
        case Type::BS:
            return wanted.type() == Type::B && value.set().contains(wanted.scalar());
        case Type::L:
            for (const ListEntry entry : value.list())
                if (entry.value == wanted) return true;
            return false;
        default:
            return false;
    }
}

bool test(const Tree& tree, NodeId id, ItemView item) {
    const Node& node = tree[id];
    switch (node.op) {
        case Op::And:
            for (NodeId child = node.first_child; child != kNoNode; child = tree[child].next)
                if (!test(tree, child, item)) return false;
            return true;
        case Op::Or:
            for (NodeId child = node.first_child; child != kNoNode; child = tree[child].next)
                if (test(tree, child, item)) return true;
            return false;
        case Op::Not:
            return !test(tree, node.first_child, item);
        default:
            break;
    }

    Scratch first_scratch;
    Scratch second_scratch;
    const ValueView first = operand(tree, node.first_child, item, first_scratch);
    if (node.op == Op::AttributeExists) return static_cast<bool>(first);
    if (node.op == Op::AttributeNotExists) return !first;

    NodeId next = tree[node.first_child].next;
    const ValueView second = operand(tree, next, item, second_scratch);
    switch (node.op) {
        case Op::Equal:
            return first && second && first == second;
        case Op::NotEqual:
            return !first || !second || !(first == second);
        case Op::Less:
            return comparable(first, second) && first.scalar() < second.scalar();
        case Op::LessEqual:
            return comparable(first, second) && first.scalar() <= second.scalar();
        case Op::Greater:
            return comparable(first, second) && first.scalar() > second.scalar();
        case Op::GreaterEqual:
            return comparable(first, second) && first.scalar() >= second.scalar();
        case Op::Between: {
            if (!comparable(second, first) || second.scalar() > first.scalar()) return false;
            const ValueView upper = operand(tree, tree[next].next, item, second_scratch);
            return comparable(first, upper) && first.scalar() <= upper.scalar();
        }
        case Op::In:
            if (!first) return false;
            for (; next != kNoNode; next = tree[next].next) {
                const ValueView candidate = operand(tree, next, item, second_scratch);
                if (candidate && candidate == first) return true;
            }
            return false;
        case Op::AttributeType:
            return first && second && type_name(first.type()) == second.scalar();
        case Op::BeginsWith:
            return comparable(first, second) && first.type() != Type::N &&
                   first.scalar().substr(0, second.scalar().size()) == second.scalar();
        case Op::Contains:
            return contains(first, second);
        default:
            return false;
    }
}

}  // namespace

ValueView resolve(PathView path, ItemView item) {
    ValueView value = item.find(path.head());
    for (uint32_t i = 1; i < path.count && value; ++i) {
        const PathPart& part = path.parts[i];
        if (value.type() != (part.is_index ? Type::L : Type::M)) return {};
        value = part.is_index ? value.list().at(part.index) : value.map().find(part.name);
    }
    return value;
}

bool evaluate(const Condition& condition, ItemView item) { return test(condition.tree, condition.tree.root, item); }

}  // namespace sortkey
