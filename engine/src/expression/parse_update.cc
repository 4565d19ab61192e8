// Grammars of update and projection expressions.
#include "expression/parse_grammars.h"
#include "expression/parser_base.h"

namespace sortkey {
namespace {

class UpdateParser : public ParserBase {
public:
    explicit UpdateParser(std::string_view text) : ParserBase(Kind::Update, text, Keywords::OfUpdates) {}

    bool run() {
        do {
            if (!parse_section()) return false;
        } while (!at(TokenKind::End));
        return true;
    }

private:
    bool parse_section() {
        Section section;
        switch (current_.kind) {
            case TokenKind::Set:
                section = Section::Set;
                break;
            case TokenKind::Remove:
                section = Section::Remove;
                break;
            case TokenKind::Add:
                section = Section::Add;
                break;
            case TokenKind::Delete:
                section = Section::Delete;
                break;
            default:
                fail();
                return false;
        }
        const uint8_t bit = static_cast<uint8_t>(1u << static_cast<unsigned>(section));
        if ((seen_ & bit) != 0 && parsed.repeated_section.length == 0) parsed.repeated_section = current_.span;
        seen_ = static_cast<uint8_t>(seen_ | bit);
        advance();
        do {
            if (!parse_action(section)) return false;
        } while (accept(TokenKind::Comma));
        return true;
    }

    bool parse_action(Section section) {
        UpdateAction action;
        action.section = section;
        action.path = parse_path();
        if (action.path == kNoNode) return false;
        if (section == Section::Set) {
            if (!expect(TokenKind::Equal)) return false;
            action.operand = parse_set_value();
        } else if (section != Section::Remove) {
            action.operand = parse_value();
        }
        if (section != Section::Remove && action.operand == kNoNode) return false;
        parsed.actions.push_back(action);
        return true;
    }

    static bool is_sum(Op op) { return op == Op::Plus || op == Op::Minus; }

    /// operand2 | operand2 (+|-) operand2, with at most one operator.
    NodeId parse_set_value() {
        const NodeId left = parse_operand(true);
        if (left == kNoNode || (!at(TokenKind::Plus) && !at(TokenKind::Minus))) return left;
        if (is_sum(node(left).op)) return fail();
        const Op op = at(TokenKind::Plus) ? Op::Plus : Op::Minus;
        const Span span = current_.span;
        advance();
        const NodeId right = parse_operand(false);
        if (right == kNoNode) return kNoNode;
        link(left, right);
        return make(op, span, left);
    }

    NodeId parse_operand(bool sum_allowed) {
        if (at(TokenKind::OpenParen)) {
            Group group;
            if (!open_group(group)) return kNoNode;
            const NodeId inner = sum_allowed ? parse_set_value() : parse_operand(false);
            if (inner == kNoNode || !close_group(group)) return kNoNode;
            return inner;
        }
        if (at_call()) return parse_call([this] { return parse_operand(false); });
        return at(TokenKind::ValuePlaceholder) ? parse_value() : parse_path();
    }

    uint8_t seen_ = 0;  // one bit per section
};

class ProjectionParser : public ParserBase {
public:
    explicit ProjectionParser(std::string_view text) : ParserBase(Kind::Projection, text, Keywords::None) {}

    bool run() {
        do {
            if (parse_path() == kNoNode) return false;
        } while (accept(TokenKind::Comma));
        return at(TokenKind::End) || fail() != kNoNode;
    }
};

}  // namespace

Result<Parsed> parse_update(std::string_view text) {
    UpdateParser parser(text);
    if (!parser.run()) return std::move(parser.error);
    return std::move(parser.parsed);
}

Result<Parsed> parse_projection(std::string_view text) {
    ProjectionParser parser(text);
    if (!parser.run()) return std::move(parser.error);
    return std::move(parser.parsed);
}

Result<Parsed> parse(Kind kind, std::string_view text) {
    if (kind == Kind::Update) return parse_update(text);
    if (kind == Kind::Projection) return parse_projection(text);
    return parse_condition(kind, text);
}

}  // namespace sortkey
