// Checks that every kind of expression shares.
#include "expression/validate.h"

#include "expression/reserved_words.h"

namespace sortkey {
namespace {

constexpr size_t kExpressionBytesMax = 4096;
constexpr uint32_t kOperatorsMax = 300;
constexpr uint32_t kPathDepthMax = 32;

uint32_t count_operators(const Tree& tree) {
    uint32_t total = 0;
    for (const Node& node : tree.nodes) {
        if (node.op == Op::And || node.op == Op::Or) {
            total += count_children(tree, node) - 1;
        } else if ((node.op >= Op::Not && node.op <= Op::In) || node.op == Op::Plus || node.op == Op::Minus) {
            ++total;
        }
    }
    return total;
}

}  // namespace

uint32_t count_children(const Tree& tree, const Node& node) {
    uint32_t count = 0;
    for (NodeId child = node.first_child; child != kNoNode; child = tree[child].next) ++count;
    return count;
}

Error operand_type_error(Kind kind, std::string_view op, std::string_view type, Span span) {
    std::string detail = "Incorrect operand type for operator or function; operator or function: ";
    detail += op;
    detail += ", operand type: ";
    detail += type;
    return expression_error(kind, std::move(detail), span);
}

Error operand_count_error(Kind kind, const Node& function, uint32_t count) {
    std::string detail = "Incorrect number of operands for operator or function; operator or function: ";
    detail += op_name(function.op);
    detail += ", number of operands: ";
    detail += std::to_string(count);
    return expression_error(kind, std::move(detail), function.span);
}

Error misused_function_error(Kind kind, const Node& function) {
    return expression_error(
        kind,
        "The function is not allowed to be used this way in an expression; function: " + std::string(function.text),
        function.span);
}

Error path_required_error(Kind kind, const Node& function, Span operand) {
    return expression_error(
        kind,
        "Operator or function requires a document path; operator or function: " + std::string(op_name(function.op)),
        operand);
}

bool known_type(const Tree& tree, NodeId operand, Type& out) {
    const Node& node = tree[operand];
    switch (node.op) {
        case Op::Value:
            out = node.value.type();
            return true;
        case Op::Size:
        case Op::Plus:
        case Op::Minus:
            out = Type::N;
            return true;
        case Op::ListAppend:
            out = Type::L;
            return true;
        default:
            return false;
    }
}

Status check_length(Kind kind, std::string_view text) {
    if (text.empty()) return expression_error(kind, "The expression can not be empty;", {});
    if (text.size() > kExpressionBytesMax) {
        return expression_error(
            kind,
            "Expression size has exceeded the maximum allowed size; expression size: " + std::to_string(text.size()),
            {0, static_cast<uint32_t>(text.size())});
    }
    return {};
}

Status check_limits(Kind kind, const Parsed& parsed, std::string_view text) {
    if (parsed.redundant_parentheses.length > 0)
        return expression_error(kind, "The expression has redundant parentheses;", parsed.redundant_parentheses);
    if (const Span index = parsed.index_too_large; index.length > 0) {
        return expression_error(kind,
                                "List index is not within the allowable range; index: [" +
                                    std::string(text.substr(index.offset, index.length)) + "]",
                                index);
    }
    for (const Node& node : parsed.tree.nodes) {
        if (node.op != Op::Path || node.part_count <= kPathDepthMax) continue;
        return expression_error(
            kind, "The document path has too many nesting levels; nesting levels: " + std::to_string(node.part_count),
            node.span);
    }
    if (const uint32_t count = count_operators(parsed.tree); count > kOperatorsMax) {
        return expression_error(kind,
                                "The expression contains too many operators; operator count: " + std::to_string(count),
                                {0, static_cast<uint32_t>(text.size())});
    }
    return {};
}

Status check_function_names(Kind kind, const Tree& tree) {
    static constexpr std::string_view kKinds[] = {"a condition", "a filter", "a key condition", "a projection",
                                                  "an update"};
    for (const Node& node : tree.nodes) {
        if (node.op != Op::UnknownFunction) continue;
        std::string detail = "Invalid function name; function: ";
        for (Op op = Op::AttributeExists; op < Op::UnknownFunction; op = static_cast<Op>(static_cast<int>(op) + 1)) {
            if (op_name(op) != node.text) continue;
            detail = "The function is not allowed in ";
            detail += kKinds[static_cast<size_t>(kind)];
            detail += " expression; function: ";
        }
        detail += node.text;
        return expression_error(kind, std::move(detail), node.span);
    }
    return {};
}

Status check_reserved_words(Kind kind, const Tree& tree) {
    for (const PathPart& part : tree.parts) {
        if (part.is_index || part.name[0] == '#' || !is_reserved_word(part.name)) continue;
        return expression_error(
            kind, "Attribute name is a reserved keyword; reserved keyword: " + std::string(part.name), part.span);
    }
    return {};
}

}  // namespace sortkey
