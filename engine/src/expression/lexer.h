// Text of an expression → tokens, one at a time and without allocating.
#pragma once

#include <cstdint>
#include <string_view>

#include "expression/ast.h"

namespace sortkey {

enum class TokenKind : uint8_t {
    End,
    Name,              // letter, then letters, digits, _
    NamePlaceholder,   // #name
    ValuePlaceholder,  // :value
    Digits,
    Comma,
    Dot,
    OpenParen,
    CloseParen,
    OpenBracket,
    CloseBracket,
    Plus,
    Minus,
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    // keywords, in any case
    And,
    Or,
    Not,
    Between,
    In,
    Set,
    Remove,
    Add,
    Delete,
    Unknown,  // one character that begins no token
};

struct Token {
    TokenKind kind = TokenKind::End;
    Span span;
};

/// Which words are keywords; elsewhere they are ordinary (though reserved) names.
enum class Keywords : uint8_t { None, OfConditions, OfUpdates };

class Lexer {
public:
    Lexer(std::string_view text, Keywords keywords) : text_(text), keywords_(keywords) {}

    /// The next token; End for ever after the last one.
    Token next();
    std::string_view text(Span span) const { return text_.substr(span.offset, span.length); }
    std::string_view text() const { return text_; }

private:
    TokenKind keyword_or_name(std::string_view word) const;

    std::string_view text_;
    uint32_t at_ = 0;
    Keywords keywords_;
};

/// ASCII-only comparison; `upper` is in capitals.
bool equals_ignoring_case(std::string_view word, std::string_view upper);

}  // namespace sortkey
