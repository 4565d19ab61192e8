#include "expression/update_operand.h"

#include "expression/evaluate.h"
#include "expression/payload.h"

namespace sortkey {
namespace {

/// The value of an operand without copying it; computed ones are put into `scratch`.
Result<ValueView> view_operand(const Tree& tree, NodeId id, ItemView before, std::string& scratch) {
    const Node& node = tree[id];
    ValueView value;
    switch (node.op) {
        case Op::Value:
            return node.value;
        case Op::Path:
            value = resolve(tree.path(node), before);
            break;
        case Op::IfNotExists:
            value = resolve(tree.path(node.first_child), before);
            if (!value) return view_operand(tree, tree[node.first_child].next, before, scratch);
            break;
        default:
            SORTKEY_CHECK(append_operand(tree, id, before, scratch));
            return ValueView(scratch);
    }
    if (!value) return Error::validation(std::string(kMissingOperand));
    return value;
}

/// Type byte, length byte, number; the length is known afterwards.
void append_number(std::string& out, const Number& number) {
    out.push_back(static_cast<char>(Type::N));
    const size_t mark = out.size();
    out.push_back('\0');
    number.append_bytes(out);
    out[mark] = static_cast<char>(out.size() - mark - 1);
}

}  // namespace

Status append_sum(std::string& out, ValueView a, ValueView b, bool minus) {
    const Number left = a.number();
    SORTKEY_TRY(sum, minus ? left.minus(b.number()) : left.plus(b.number()));
    append_number(out, sum);
    return {};
}

void append_concatenation(std::string& out, ValueView a, ValueView b) {
    const size_t mark = open_container(out, Type::L);
    uint32_t count = 0;
    for (const ValueView list : {a, b}) {
        const char* at = payload_of(list);
        count += static_cast<uint32_t>(read_varint(at));
        out.append(at, static_cast<size_t>(list.end() - at));
    }
    close_container(out, mark, count);
}

Status append_operand(const Tree& tree, NodeId id, ItemView before, std::string& out) {
    const Node& node = tree[id];
    std::string first_scratch;
    if (node.op != Op::Plus && node.op != Op::Minus && node.op != Op::ListAppend) {
        SORTKEY_TRY(value, view_operand(tree, id, before, first_scratch));
        out += value.encoded();
        return {};
    }
    const Type wanted = node.op == Op::ListAppend ? Type::L : Type::N;
    std::string second_scratch;
    SORTKEY_TRY(first, view_operand(tree, node.first_child, before, first_scratch));
    if (first.type() != wanted) return Error::validation(std::string(kWrongOperandType));
    SORTKEY_TRY(second, view_operand(tree, tree[node.first_child].next, before, second_scratch));
    if (second.type() != wanted) return Error::validation(std::string(kWrongOperandType));
    if (node.op != Op::ListAppend) return append_sum(out, first, second, node.op == Op::Minus);
    append_concatenation(out, first, second);
    return {};
}

}  // namespace sortkey
