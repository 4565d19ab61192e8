// Tokens: what begins and ends one. A wrong boundary shows up later as a misleading syntax error.
#include "expression/lexer.h"

#include <gtest/gtest.h>

#include <string>

#include "expression/reserved_words.h"

namespace sortkey {
namespace {

/// Tokens of a text, separated by "|"; keywords are marked with "!", placeholders and unknown characters with "?".
std::string tokens(std::string_view text, Keywords keywords = Keywords::OfConditions) {
    Lexer lexer(text, keywords);
    std::string all;
    for (Token token = lexer.next(); token.kind != TokenKind::End; token = lexer.next()) {
        if (!all.empty()) all += '|';
        all += lexer.text(token.span);
        if (token.kind >= TokenKind::And && token.kind <= TokenKind::Delete) all += '!';
        if (token.kind == TokenKind::Unknown) all += '?';
    }
    return all;
}

TEST(Lexer, SplitsText) {
    const struct {
        std::string_view text;
        std::string_view expected;
    } rows[] = {
        {"", ""},
        {" \t\r\n", ""},
        {"a<=:b", "a|<=|:b"},
        {"a<>b>=c<d>e=f", "a|<>|b|>=|c|<|d|>|e|=|f"},
        {"a.b[12].#c", "a|.|b|[|12|]|.|#c"},
        {"Pi#ctures", "Pi|#ctures"},
        {"#4g :_x1", "#4g|:_x1"},
        {"# :", "#?|:?"},
        {"_123", "_?|123"},
        {"a_1b", "a_1b"},
        {"2abc", "2|abc"},
        {"!=", "!?|="},
        {"==", "=|="},
        {"\"x\"", "\"?|x|\"?"},
        {"\xc3\xbc > a", "\xc3\xbc?|>|a"},
        {"\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80?"},
        {"a and Or nOT between IN set", "a|and!|Or!|nOT!|between!|IN!|set"},
        {"a+b-1", "a|+|b|-|1"},
    };
    for (const auto& row : rows) EXPECT_EQ(tokens(row.text), row.expected) << row.text;
}

TEST(Lexer, KeywordsDependOnTheGrammar) {
    EXPECT_EQ(tokens("set REMOVE Add delete and", Keywords::OfUpdates), "set!|REMOVE!|Add!|delete!|and");
    EXPECT_EQ(tokens("set and", Keywords::None), "set|and");
}

TEST(ReservedWords, AreFoundInAnyCase) {
    for (const std::string_view word : {"ABORT", "abort", "Name", "status", "TTL", "ZONE", "as", "CONNECTION", "views"})
        EXPECT_TRUE(is_reserved_word(word)) << word;
    for (const std::string_view word :
         {"", "a", "pk", "ABORTS", "namex", "Artist", "zonf", "averyveryverylongattributename"})
        EXPECT_FALSE(is_reserved_word(word)) << word;
}

}  // namespace
}  // namespace sortkey
