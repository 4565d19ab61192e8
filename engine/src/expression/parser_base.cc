#include "expression/parser_base.h"

namespace sortkey {
namespace {

// Deeper nesting always breaks another rule: 300 operators, no doubled parentheses, no function in a function.
constexpr uint32_t kNestingMax = 400;
constexpr uint32_t kIndexMax = 0x7fffffff;

constexpr Op kConditionFunctions[] = {Op::AttributeExists, Op::AttributeNotExists, Op::AttributeType,
                                      Op::BeginsWith,      Op::Contains,           Op::Size};
constexpr Op kUpdateFunctions[] = {Op::IfNotExists, Op::ListAppend};

}  // namespace

Error expression_error(Kind kind, std::string detail, Span span) {
    const std::string_view parameter = parameter_name(kind);
    detail.insert(0, "Invalid " + std::string(parameter) + ": ");
    Error error = Error::validation(std::move(detail));
    error.position = {std::string(parameter), span.offset, span.length};
    return error;
}

ParserBase::ParserBase(Kind kind, std::string_view text, Keywords keywords) : lexer_(text, keywords), kind_(kind) {
    parsed.tree.nodes.reserve(8);
    parsed.tree.parts.reserve(4);
    current_ = lexer_.next();
}

void ParserBase::advance() {
    previous_ = current_;
    current_ = lexer_.next();
    ++ordinal_;
}

bool ParserBase::accept(TokenKind kind) {
    if (!at(kind)) return false;
    advance();
    return true;
}

bool ParserBase::expect(TokenKind kind) {
    if (accept(kind)) return true;
    fail();
    return false;
}

NodeId ParserBase::fail() {
    const bool at_end = at(TokenKind::End);
    const uint32_t start = ordinal_ > 0 ? previous_.span.offset : current_.span.offset;
    const Span last = at_end ? previous_.span : lexer_.next().span;
    uint32_t end = last.offset + last.length;
    if (last.length == 0) end = current_.span.offset + current_.span.length;  // nothing follows the token
    std::string detail = "Syntax error; token: \"";
    detail += at_end ? "<EOF>" : lexer_.text(current_.span);
    detail += "\", near: \"";
    detail += lexer_.text({start, end - start});
    detail += '"';
    error = expression_error(kind_, std::move(detail), current_.span);
    return kNoNode;
}

bool ParserBase::enter() {
    if (++depth_ <= kNestingMax) return true;
    error = expression_error(kind_, "The expression has redundant parentheses;", current_.span);
    return false;
}

bool ParserBase::add_part() {
    if (!at(TokenKind::Name) && !at(TokenKind::NamePlaceholder)) {
        fail();
        return false;
    }
    parsed.tree.parts.push_back({lexer_.text(current_.span), 0, false, current_.span});
    advance();
    return true;
}

NodeId ParserBase::parse_path() {
    const NodeId id = make(Op::Path, current_.span, kNoNode);
    node(id).part_first = static_cast<uint32_t>(parsed.tree.parts.size());
    if (!add_part() || !parse_path_tail(id)) return kNoNode;
    return id;
}

bool ParserBase::parse_path_tail(NodeId path) {
    for (;;) {
        if (accept(TokenKind::Dot)) {
            if (!add_part()) return false;
        } else if (accept(TokenKind::OpenBracket)) {
            if (!at(TokenKind::Digits)) {
                fail();
                return false;
            }
            uint64_t index = 0;
            for (const char digit : lexer_.text(current_.span)) {
                index = index * 10 + static_cast<uint64_t>(digit - '0');
                if (index > kIndexMax) {
                    index = kIndexMax;
                    if (parsed.index_too_large.length == 0) parsed.index_too_large = current_.span;
                    break;
                }
            }
            parsed.tree.parts.push_back({{}, static_cast<uint32_t>(index), true, current_.span});
            advance();
            if (!expect(TokenKind::CloseBracket)) return false;
        } else {
            Node& target = node(path);
            target.part_count = static_cast<uint32_t>(parsed.tree.parts.size()) - target.part_first;
            target.span.length = previous_.span.offset + previous_.span.length - target.span.offset;
            return true;
        }
    }
}

NodeId ParserBase::parse_value() {
    if (!at(TokenKind::ValuePlaceholder)) return fail();
    const NodeId id = make(Op::Value, current_.span, kNoNode);
    advance();
    return id;
}

bool ParserBase::at_call() {
    if (!at(TokenKind::Name)) return false;
    Lexer ahead = lexer_;
    return ahead.next().kind == TokenKind::OpenParen;
}

Op ParserBase::function_op(std::string_view name) const {
    if (kind_ == Kind::Update) {
        for (const Op op : kUpdateFunctions)
            if (op_name(op) == name) return op;
    } else {
        for (const Op op : kConditionFunctions)
            if (op_name(op) == name) return op;
    }
    return Op::UnknownFunction;
}

NodeId ParserBase::make(Op op, Span span, NodeId first_child) {
    Node made;
    made.op = op;
    made.first_child = first_child;
    made.span = span;
    made.text = lexer_.text(span);
    parsed.tree.nodes.push_back(made);
    return static_cast<NodeId>(parsed.tree.nodes.size() - 1);
}

bool ParserBase::open_group(Group& group) {
    group.open = ordinal_;
    if (!enter()) return false;
    advance();
    return true;
}

bool ParserBase::close_group(Group group) {
    group.close = ordinal_;
    const Span span = current_.span;
    if (!expect(TokenKind::CloseParen)) return false;
    if (last_group_.open == group.open + 1 && last_group_.close + 1 == group.close &&
        parsed.redundant_parentheses.length == 0)
        parsed.redundant_parentheses = span;
    last_group_ = group;
    leave();
    return true;
}

}  // namespace sortkey
