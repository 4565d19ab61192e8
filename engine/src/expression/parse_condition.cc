// Grammar of conditions, filters and key conditions.
//
// "(" may open a condition, an operand or a path, so a group is parsed as whatever comes and says afterwards what it
// was.
#include "expression/parse_grammars.h"
#include "expression/parser_base.h"

namespace sortkey {
namespace {

/// What a piece can be used as. A call is both until something stands behind it.
enum class Role : uint8_t { Operand, Call, Boolean };

class ConditionParser : public ParserBase {
public:
    ConditionParser(Kind kind, std::string_view text) : ParserBase(kind, text, Keywords::OfConditions) {}

    bool run() {
        const NodeId root = parse_or(false);
        if (root == kNoNode) return false;
        if (!at(TokenKind::End)) {
            fail();
            return false;
        }
        parsed.tree.root = root;
        return true;
    }

private:
    // `operand_allowed`: the text began with "(", and a lone operand before ")" is fine.
    NodeId parse_or(bool operand_allowed) { return parse_chain(Op::Or, TokenKind::Or, operand_allowed); }

    NodeId parse_chain(Op op, TokenKind joiner, bool operand_allowed) {
        const auto next = [&](bool allowed) {
            return op == Op::Or ? parse_chain(Op::And, TokenKind::And, allowed) : parse_not(allowed);
        };
        const NodeId first = next(operand_allowed);
        if (first == kNoNode || !at(joiner)) return first;
        const Span span = current_.span;
        NodeId last = first;
        while (accept(joiner)) {
            const NodeId following = next(false);
            if (following == kNoNode) return kNoNode;
            link(last, following);
            last = following;
        }
        role_ = Role::Boolean;
        return make(op, span, first);
    }

    NodeId parse_not(bool operand_allowed) {
        if (!at(TokenKind::Not)) return parse_term(operand_allowed);
        // As many as there are, in a loop: check_limits() counts them only after the whole text has parsed.
        std::vector<Span> words;
        do {
            words.push_back(current_.span);
            advance();
        } while (at(TokenKind::Not));
        NodeId id = parse_term(false);
        if (id == kNoNode) return kNoNode;
        role_ = Role::Boolean;
        while (!words.empty()) {
            id = make(Op::Not, words.back(), id);
            words.pop_back();
        }
        return id;
    }

    NodeId parse_term(bool operand_allowed) {
        const NodeId left = parse_primary();
        if (left == kNoNode) return kNoNode;
        const Span span = current_.span;
        Op op;
        switch (current_.kind) {
            case TokenKind::Equal:
                op = Op::Equal;
                break;
            case TokenKind::NotEqual:
                op = Op::NotEqual;
                break;
            case TokenKind::Less:
                op = Op::Less;
                break;
            case TokenKind::LessEqual:
                op = Op::LessEqual;
                break;
            case TokenKind::Greater:
                op = Op::Greater;
                break;
            case TokenKind::GreaterEqual:
                op = Op::GreaterEqual;
                break;
            case TokenKind::Between:
                op = Op::Between;
                break;
            case TokenKind::In:
                op = Op::In;
                break;
            default:
                if (role_ != Role::Operand || (operand_allowed && at(TokenKind::CloseParen))) return left;
                return fail();
        }
        if (role_ == Role::Boolean) return fail();
        advance();
        if (!parse_operands(op, left)) return kNoNode;
        role_ = Role::Boolean;
        return make(op, span, left);
    }

    /// The operands to the right of an operator.
    bool parse_operands(Op op, NodeId left) {
        if (op == Op::In && !expect(TokenKind::OpenParen)) return false;
        for (NodeId last = left;;) {
            const NodeId following = parse_operand();
            if (following == kNoNode) return false;
            link(last, following);
            if (op == Op::Between && last == left) {
                if (!expect(TokenKind::And)) return false;
            } else if (op != Op::In || !accept(TokenKind::Comma)) {
                break;
            }
            last = following;
        }
        return op != Op::In || expect(TokenKind::CloseParen);
    }

    /// An operand, a call, or anything in parentheses; sets role_.
    NodeId parse_primary() {
        if (!at(TokenKind::OpenParen)) return parse_simple();
        Group group;
        if (!open_group(group)) return kNoNode;
        const NodeId inner = parse_or(true);
        if (inner == kNoNode || !close_group(group)) return kNoNode;
        return continue_path(inner);
    }

    NodeId parse_operand() {
        if (!at(TokenKind::OpenParen)) return parse_simple();
        Group group;
        if (!open_group(group)) return kNoNode;
        const NodeId inner = parse_operand();
        if (inner == kNoNode || !close_group(group)) return kNoNode;
        return continue_path(inner);
    }

    /// "(a.b).c" is a path, too.
    NodeId continue_path(NodeId inner) {
        if (!at(TokenKind::Dot) && !at(TokenKind::OpenBracket)) return inner;
        if (node(inner).op != Op::Path) return fail();
        return parse_path_tail(inner) ? inner : kNoNode;
    }

    NodeId parse_simple() {
        if (at_call()) {
            const NodeId call = parse_call([this] { return parse_operand(); });
            role_ = Role::Call;
            return call;
        }
        role_ = Role::Operand;
        return at(TokenKind::ValuePlaceholder) ? parse_value() : parse_path();
    }

    Role role_ = Role::Operand;  // of the piece parsed last
};

}  // namespace

Result<Parsed> parse_condition(Kind kind, std::string_view text) {
    ConditionParser parser(kind, text);
    if (!parser.run()) return std::move(parser.error);
    return std::move(parser.parsed);
}

}  // namespace sortkey
