// Tokens, errors, paths and literals of the PartiQL parser.
#include <algorithm>

#include "expression/lexer.h"
#include "expression/partiql/parser.h"
#include "expression/payload.h"
#include "model/number.h"

namespace sortkey::partiql {
namespace {

constexpr uint32_t kDepthMax = 200;  // of expressions in expressions
constexpr int kNestingMax = 32;      // of values in values
constexpr uint32_t kIndexMax = 0x7fffffff;
constexpr std::string_view kNestingText =
    "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit";

constexpr std::string_view kEmptyAttributeName = "Empty attribute name";

// Words that are never bare names.
constexpr std::string_view kKeywords[] = {
    "ALL",      "AND",       "AS",    "ASC",    "BETWEEN", "BY",    "CASE",   "CROSS",  "DELETE", "DESC",
    "DISTINCT", "EXCEPT",    "FALSE", "FROM",   "FULL",    "GROUP", "HAVING", "INNER",  "INSERT", "INTERSECT",
    "INTO",     "JOIN",      "LEFT",  "LIMIT",  "MISSING", "NULL",  "OFFSET", "ON",     "ORDER",  "OUTER",
    "REMOVE",   "RETURNING", "RIGHT", "SELECT", "SET",     "TRUE",  "UNION",  "UPDATE", "WHERE"};
// Keywords that are operators.
constexpr std::string_view kOperators[] = {"IN", "IS", "LIKE", "NOT", "OR"};

template <size_t N>
bool is_one_of(std::string_view word, const std::string_view (&list)[N]) {
    for (const std::string_view upper : list)
        if (equals_ignoring_case(word, upper)) return true;
    return false;
}

void append_scalar(std::string& out, Type type, std::string_view bytes) {
    out.push_back(static_cast<char>(type));
    append_varint(out, bytes.size());
    out += bytes;
}

}  // namespace

std::string in_case(std::string_view text, bool upper) {
    std::string out(text);
    const char first = upper ? 'a' : 'A';
    for (char& c : out)
        if (c >= first && c <= first + 25) c = static_cast<char>(c ^ 0x20);
    return out;
}

// ---- tokens and errors

bool Parser::at_word(std::string_view upper) const {
    return current().kind == TokenKind::Word && equals_ignoring_case(text_of(current()), upper);
}

bool Parser::at_name() const {
    if (current().kind == TokenKind::Quoted) return true;
    if (current().kind != TokenKind::Word) return false;
    return !is_one_of(text_of(current()), kKeywords) && !is_one_of(text_of(current()), kOperators);
}

bool Parser::accept_symbol(char symbol) {
    if (!at_symbol(symbol)) return false;
    advance();
    return true;
}

bool Parser::accept_word(std::string_view upper) {
    if (!at_word(upper)) return false;
    advance();
    return true;
}

bool Parser::expect_symbol(char symbol) { return accept_symbol(symbol) || fail_leftover(); }
bool Parser::expect_word(std::string_view upper) { return accept_word(upper) || fail_leftover(); }

bool Parser::fail(std::string_view detail) {
    syntax_ = Error::validation("Statement wasn't well formed, can't be processed: " + std::string(detail));
    syntax_.position = {"Statement", current().span.offset, current().span.length};
    return false;
}

bool Parser::fail_term(bool after_infix) {
    if (at_end()) return fail(after_infix ? "Missing right-hand side expression of infix operator" : "Unexpected term");
    if (current().kind == TokenKind::Word)
        return fail(is_one_of(text_of(current()), kOperators) ? "Unexpected operator" : "Unexpected keyword");
    return fail("Unexpected term");
}

void Parser::refuse(std::string message, Span span) {
    if (refusal_) return;
    refusal_ = Error::validation(std::move(message));
    refusal_->position = {"Statement", span.offset, span.length};
}

void Parser::refuse_at(const std::string& message, Span span) {
    refuse(message + " at " + position_text(text_, span), span);
}

bool Parser::enter() { return ++depth_ <= kDepthMax || fail("Unexpected term"); }

// ---- paths

bool Parser::parse_name(std::string_view& name) {
    if (!at_name()) return false;
    const std::string_view token = text_of(current());
    name = current().kind == TokenKind::Word ? token : tree_->own(unquote(token));
    advance();
    return true;
}

NodeId Parser::parse_path() {
    const Span start = current().span;
    std::vector<PathPart> parts(1);
    parts[0].span = start;
    parse_name(parts[0].name);
    for (;;) {
        PathPart part;
        part.span = ahead().span;
        if (accept_symbol('.')) {
            if (!parse_name(part.name)) return fail("Invalid path dot component"), kNoNode;
        } else if (at_symbol('[') && (ahead().kind == TokenKind::Number || ahead().kind == TokenKind::String)) {
            advance();
            const std::string_view token = text_of(current());
            if (current().kind == TokenKind::String) {
                part.name = tree_->own(unquote(token));
            } else {
                part.is_index = true;
                uint64_t index = 0;
                for (const char digit : token) {
                    if (digit < '0' || digit > '9') return fail("Unexpected term"), kNoNode;
                    index = std::min<uint64_t>(index * 10 + static_cast<uint64_t>(digit - '0'), kIndexMax);
                }
                part.index = static_cast<uint32_t>(index);
            }
            advance();
            if (!expect_symbol(']')) return kNoNode;
        } else {
            break;
        }
        parts.push_back(part);
    }
    if (parts[0].name.empty()) refuse(std::string(kEmptyAttributeName), start);
    const NodeId id = tree_->add_path(parts.data(), parts.size());
    const Span last = tokens_[at_ - 1].span;
    tree_->nodes[id].span = {start.offset, last.offset + last.length - start.offset};
    return id;
}

// ---- literals

bool Parser::at_literal() const {
    switch (current().kind) {
        case TokenKind::String:
        case TokenKind::Number:
            return true;
        case TokenKind::Symbol:
            return std::string_view("?[{-+o").find(current().symbol) != std::string_view::npos;
        case TokenKind::Word:
            return at_word("TRUE") || at_word("FALSE") || at_word("NULL");
        default:
            return false;
    }
}

NodeId Parser::parse_value() {
    const Span start = current().span;
    std::string encoded;
    if (!parse_literal(encoded, "root", 1)) return kNoNode;
    const NodeId id = tree_->add_value(std::move(encoded));
    const Span last = tokens_[at_ - 1].span;
    tree_->nodes[id].span = {start.offset, last.offset + last.length - start.offset};
    return id;
}

bool Parser::parse_literal(std::string& out, const std::string& path, int level) {
    const Token token = current();
    if (level > kNestingMax) refuse(std::string(kNestingText), token.span);
    if (token.kind == TokenKind::String) {
        append_scalar(out, Type::S, unquote(text_of(token)));
        return advance(), true;
    }
    if (token.kind == TokenKind::Number) return parse_number(out, path);
    if (token.kind == TokenKind::Word && ahead().kind == TokenKind::Symbol && ahead().symbol == '(') {
        refuse_at("Unsupported data type: " + in_case(text_of(token), false) + " under key " + path, token.span);
        std::vector<NodeId> arguments;
        out.push_back(static_cast<char>(Type::NULL_));
        return parse_arguments(arguments, [this] { return at_literal() ? parse_value() : parse_operand(false); });
    }
    if (accept_word("NULL")) return out.push_back(static_cast<char>(Type::NULL_)), true;
    const bool yes = accept_word("TRUE");
    if (yes || accept_word("FALSE")) {
        out.push_back(static_cast<char>(Type::BOOL));
        out.push_back(yes ? 1 : 0);
        return true;
    }
    if (token.kind != TokenKind::Symbol) return fail_term(false);
    if (!enter()) return false;
    bool parsed = false;
    switch (token.symbol) {
        case '-':
        case '+':
            parsed = parse_number(out, path);
            break;
        case '?':
            parsed = parse_parameter(out);
            break;
        case '[':
            parsed = parse_list(out, path, level);
            break;
        case '{':
            parsed = parse_map(out, path, level);
            break;
        case kOpenBag:
            parsed = parse_bag(out, path, level);
            break;
        default:
            return fail_term(false);
    }
    leave();
    return parsed;
}

bool Parser::parse_number(std::string& out, const std::string& path) {
    const Span start = current().span;
    std::string digits;
    if (at_symbol('-')) digits = "-";
    if (at_symbol('-') || at_symbol('+')) advance();
    if (current().kind != TokenKind::Number) return fail_term(false);
    digits += text_of(current());
    advance();
    auto number = Number::parse(digits);
    if (!number) {
        refuse(number.error().message + " under " + path, start);
        number = Number();
    }
    append_scalar(out, Type::N, number->bytes());
    return true;
}

bool Parser::parse_parameter(std::string& out) {
    advance();
    if (parameters_used_ < parameters_.size()) {
        out += parameters_[parameters_used_].encoded();
    } else {
        out.push_back(static_cast<char>(Type::NULL_));
    }
    ++parameters_used_;
    return true;
}

bool Parser::parse_list(std::string& out, const std::string& path, int level) {
    advance();
    const size_t mark = open_container(out, Type::L);
    uint32_t count = 0;
    if (!accept_symbol(']')) {
        do {
            if (!parse_literal(out, path + "[" + std::to_string(count) + "]", level + 1)) return false;
            ++count;
        } while (accept_symbol(','));
        if (!expect_symbol(']')) return false;
    }
    close_container(out, mark, count);
    return true;
}

bool Parser::parse_map(std::string& out, const std::string& path, int level) {
    advance();
    std::vector<std::pair<std::string, std::string>> entries;
    if (!accept_symbol('}')) {
        do {
            if (current().kind != TokenKind::String) return fail("Unexpected term");
            std::string name = unquote(text_of(current()));
            if (level == 0 && name.empty()) refuse(std::string(kEmptyAttributeName), current().span);
            advance();
            if (!expect_symbol(':')) return false;
            // Attributes of an item are roots of their own.
            std::string value;
            if (!parse_literal(value, level == 0 ? path : path + "." + name, level + 1)) return false;
            auto same = std::find_if(entries.begin(), entries.end(), [&](const auto& e) { return e.first == name; });
            if (same == entries.end()) same = entries.emplace(same, std::move(name), std::string());
            same->second = std::move(value);
        } while (accept_symbol(','));
        if (!expect_symbol('}')) return false;
    }
    std::sort(entries.begin(), entries.end());
    const size_t mark = open_container(out, Type::M);
    for (const auto& [name, value] : entries) {
        append_varint(out, name.size());
        out += name;
        out += value;
    }
    close_container(out, mark, static_cast<uint32_t>(entries.size()));
    return true;
}

bool Parser::parse_bag(std::string& out, const std::string& path, int level) {
    const Span start = current().span;
    advance();
    std::vector<std::string> members;
    if (!accept_symbol(kCloseBag)) {
        do {
            std::string& member = members.emplace_back();
            if (!parse_literal(member, path + "[" + std::to_string(members.size() - 1) + "]", level + 1)) return false;
        } while (accept_symbol(','));
        if (!expect_symbol(kCloseBag)) return false;
    }
    if (members.empty()) {
        refuse("Empty bags are not supported", start);
        members.emplace_back().push_back(static_cast<char>(Type::NULL_));
    }
    const Type type = ValueView(members[0]).type();
    bool uniform = is_scalar_key(type);
    for (const std::string& member : members) uniform = uniform && ValueView(member).type() == type;
    if (!uniform) {
        refuse("Unsupported data type in Bag. DynamoDB only supports either numbers or strings in bags", start);
        out.push_back(static_cast<char>(Type::NULL_));
        return true;
    }
    const std::vector<std::string> written = members;
    std::sort(members.begin(), members.end(),
              [](const std::string& a, const std::string& b) { return ValueView(a).scalar() < ValueView(b).scalar(); });
    if (std::adjacent_find(members.begin(), members.end()) != members.end()) {
        std::string shown;
        for (const std::string& member : written)
            shown += (shown.empty() ? "[" : ", ") + std::string(ValueView(member).scalar());
        refuse(type == Type::N
                   ? "Input collection contains duplicates"
                   : "One or more parameter values were invalid: Input collection " + shown + "] contains duplicates.",
               start);
    }
    const int set_type = static_cast<int>(type) + static_cast<int>(Type::SS);
    const size_t mark = open_container(out, static_cast<Type>(set_type));
    for (const std::string& member : members) {
        const std::string_view bytes = ValueView(member).scalar();
        append_varint(out, bytes.size());
        out += bytes;
    }
    close_container(out, mark, static_cast<uint32_t>(members.size()));
    return true;
}

}  // namespace sortkey::partiql
