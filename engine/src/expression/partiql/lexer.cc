#include "expression/partiql/lexer.h"

namespace sortkey::partiql {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool starts_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$'; }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

class Cutter {
public:
    explicit Cutter(std::string_view text) : text_(text), end_(static_cast<uint32_t>(text.size())) {}

    Token next() {
        if (!skip_blank()) return {TokenKind::Bad, 0, {at_, end_ - at_}};
        start_ = at_;
        if (at_ == end_) return {TokenKind::End, 0, {end_, 0}};
        const char c = text_[at_];
        if (starts_word(c)) {
            while (at_ < end_ && (starts_word(text_[at_]) || is_digit(text_[at_]))) ++at_;
            return finish(TokenKind::Word);
        }
        if (is_digit(c) || (c == '.' && at_ + 1 < end_ && is_digit(text_[at_ + 1]))) return number();
        if (c == '\'' || c == '"') return quoted(c);
        return symbol(c);
    }

private:
    Token finish(TokenKind kind, char symbol = 0) const { return {kind, symbol, {start_, at_ - start_}}; }
    char peek(uint32_t ahead) const { return at_ + ahead < end_ ? text_[at_ + ahead] : '\0'; }

    /// Whitespace and comments; false when a block comment has no end.
    bool skip_blank() {
        for (;;) {
            while (at_ < end_ && is_space(text_[at_])) ++at_;
            if (peek(0) == '-' && peek(1) == '-') {
                while (at_ < end_ && text_[at_] != '\n') ++at_;
            } else if (peek(0) == '/' && peek(1) == '*') {
                const size_t close = text_.find("*/", at_ + 2);
                if (close == std::string_view::npos) return false;
                at_ = static_cast<uint32_t>(close + 2);
            } else {
                return true;
            }
        }
    }

    /// Exponent and scale must fit 32 bits; the limits of stored numbers are somebody else's business.
    Token number() {
        int64_t fraction = 0;
        while (is_digit(peek(0))) ++at_;
        if (peek(0) == '.') {
            const uint32_t point = at_++;
            while (is_digit(peek(0))) ++at_;
            fraction = at_ - point - 1;
        }
        if (peek(0) != 'e' && peek(0) != 'E') return finish(TokenKind::Number);
        ++at_;
        const bool negative = peek(0) == '-';
        if (negative || peek(0) == '+') ++at_;
        if (!is_digit(peek(0))) return finish(TokenKind::Bad);
        int64_t exponent = 0;
        for (; is_digit(peek(0)); ++at_)
            if (exponent <= INT32_MAX) exponent = exponent * 10 + (text_[at_] - '0');
        const int64_t scale = negative ? fraction + exponent : fraction - exponent;
        const bool fits = exponent <= INT32_MAX && scale <= INT32_MAX && scale >= -INT32_MAX;
        return finish(fits ? TokenKind::Number : TokenKind::Bad);
    }

    Token quoted(char quote) {
        for (++at_; at_ < end_; ++at_) {
            if (text_[at_] != quote) continue;
            ++at_;
            if (peek(0) != quote) return finish(quote == '"' ? TokenKind::Quoted : TokenKind::String);
        }
        return finish(TokenKind::Bad);
    }

    Token symbol(char c) {
        struct Pair {
            char first, second, symbol;
        };
        static constexpr Pair kPairs[] = {{'<', '>', kNotEqual},     {'!', '=', kNotEqual}, {'<', '=', kLessEqual},
                                          {'>', '=', kGreaterEqual}, {'<', '<', kOpenBag},  {'>', '>', kCloseBag}};
        for (const Pair& pair : kPairs) {
            if (c != pair.first || peek(1) != pair.second) continue;
            at_ += 2;
            return finish(TokenKind::Symbol, pair.symbol);
        }
        ++at_;
        if (std::string_view(",.()[]{}:;*+-/%=<>?").find(c) != std::string_view::npos)
            return finish(TokenKind::Symbol, c);
        while (at_ < end_ && is_continuation(text_[at_])) ++at_;
        return finish(TokenKind::Bad);
    }

    std::string_view text_;
    uint32_t at_ = 0;
    uint32_t start_ = 0;
    uint32_t end_;
};

uint32_t count_characters(std::string_view text) {
    uint32_t count = 0;
    for (const char c : text) count += !is_continuation(c);
    return count;
}

}  // namespace

std::vector<Token> tokenize(std::string_view text) {
    std::vector<Token> tokens;
    Cutter cutter(text);
    do tokens.push_back(cutter.next());
    while (tokens.back().kind != TokenKind::End && tokens.back().kind != TokenKind::Bad);
    return tokens;
}

std::string unquote(std::string_view token) {
    std::string out;
    const char quote = token.front();
    for (size_t i = 1; i + 1 < token.size(); ++i) {
        out += token[i];
        if (token[i] == quote) ++i;
    }
    return out;
}

std::string position_text(std::string_view text, Span span) {
    const std::string_view before = text.substr(0, span.offset);
    uint32_t line = 1;
    size_t line_start = 0;
    for (size_t i = 0; i < before.size(); ++i) {
        if (before[i] != '\n') continue;
        ++line;
        line_start = i + 1;
    }
    return std::to_string(line) + ":" + std::to_string(count_characters(before.substr(line_start)) + 1) + ":" +
           std::to_string(count_characters(text.substr(span.offset, span.length)));
}

}  // namespace sortkey::partiql
