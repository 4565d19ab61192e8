#include "expression/lexer.h"

namespace sortkey {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_part(char c) { return is_letter(c) || is_digit(c) || c == '_'; }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

struct Keyword {
    std::string_view upper;
    TokenKind kind;
};
constexpr Keyword kOfConditions[] = {{"AND", TokenKind::And},
                                     {"OR", TokenKind::Or},
                                     {"NOT", TokenKind::Not},
                                     {"BETWEEN", TokenKind::Between},
                                     {"IN", TokenKind::In}};
constexpr Keyword kOfUpdates[] = {
    {"SET", TokenKind::Set}, {"REMOVE", TokenKind::Remove}, {"ADD", TokenKind::Add}, {"DELETE", TokenKind::Delete}};

}  // namespace

bool equals_ignoring_case(std::string_view word, std::string_view upper) {
    if (word.size() != upper.size()) return false;
    for (size_t i = 0; i < word.size(); ++i) {
        const char c = word[i];
        if ((c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c) != upper[i]) return false;
    }
    return true;
}

TokenKind Lexer::keyword_or_name(std::string_view word) const {
    if (keywords_ == Keywords::OfConditions) {
        for (const Keyword& keyword : kOfConditions)
            if (equals_ignoring_case(word, keyword.upper)) return keyword.kind;
    } else if (keywords_ == Keywords::OfUpdates) {
        for (const Keyword& keyword : kOfUpdates)
            if (equals_ignoring_case(word, keyword.upper)) return keyword.kind;
    }
    return TokenKind::Name;
}

Token Lexer::next() {
    const auto end = static_cast<uint32_t>(text_.size());
    while (at_ < end && is_space(text_[at_])) ++at_;
    const uint32_t start = at_;
    if (start == end) return {TokenKind::End, {end, 0}};

    const char c = text_[at_++];
    const auto finish = [&](TokenKind kind) { return Token{kind, {start, at_ - start}}; };
    const auto followed_by = [&](char wanted) {
        if (at_ == end || text_[at_] != wanted) return false;
        ++at_;
        return true;
    };
    if (is_letter(c)) {
        while (at_ < end && is_part(text_[at_])) ++at_;
        return finish(keyword_or_name(text_.substr(start, at_ - start)));
    }
    if (is_digit(c)) {
        while (at_ < end && is_digit(text_[at_])) ++at_;
        return finish(TokenKind::Digits);
    }
    switch (c) {
        case '#':
        case ':':
            while (at_ < end && is_part(text_[at_])) ++at_;
            if (at_ == start + 1) return finish(TokenKind::Unknown);  // a sigil without a name
            return finish(c == '#' ? TokenKind::NamePlaceholder : TokenKind::ValuePlaceholder);
        case ',':
            return finish(TokenKind::Comma);
        case '.':
            return finish(TokenKind::Dot);
        case '(':
            return finish(TokenKind::OpenParen);
        case ')':
            return finish(TokenKind::CloseParen);
        case '[':
            return finish(TokenKind::OpenBracket);
        case ']':
            return finish(TokenKind::CloseBracket);
        case '+':
            return finish(TokenKind::Plus);
        case '-':
            return finish(TokenKind::Minus);
        case '=':
            return finish(TokenKind::Equal);
        case '<':
            if (followed_by('>')) return finish(TokenKind::NotEqual);
            return finish(followed_by('=') ? TokenKind::LessEqual : TokenKind::Less);
        case '>':
            return finish(followed_by('=') ? TokenKind::GreaterEqual : TokenKind::Greater);
        default:
            // A character outside ASCII is one token, not its bytes.
            while (at_ < end && (static_cast<unsigned char>(text_[at_]) & 0xc0) == 0x80) ++at_;
            return finish(TokenKind::Unknown);
    }
}

}  // namespace sortkey
