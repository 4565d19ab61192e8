// Text of a PartiQL statement → tokens with positions.
//
// The whole text is cut before anything is parsed, because the service refuses a text with a bad literal, an open
// comment or a stray character whatever stands around it. Comments are whitespace.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "expression/ast.h"

namespace sortkey::partiql {

enum class TokenKind : uint8_t {
    End,
    Word,    // keyword or bare name
    Quoted,  // "name"
    String,  // 'text'
    Number,  // without sign
    Symbol,  // see Token::symbol
    Bad,     // no token at all, or a literal that cannot be read
};

/// Symbols of two characters, as one.
inline constexpr char kNotEqual = 'n';      // <> and !=
inline constexpr char kLessEqual = 'l';     // <=
inline constexpr char kGreaterEqual = 'g';  // >=
inline constexpr char kOpenBag = 'o';       // <<
inline constexpr char kCloseBag = 'c';      // >>

struct Token {
    TokenKind kind = TokenKind::End;
    char symbol = 0;
    Span span;
};

/// All tokens up to and including End, or up to the first Bad one.
std::vector<Token> tokenize(std::string_view text);

/// What stands between the quotes of a quoted name or string; a doubled quote is one.
std::string unquote(std::string_view token);

/// "1:8:5": line, column and length in characters, from 1.
std::string position_text(std::string_view text, Span span);

}  // namespace sortkey::partiql
