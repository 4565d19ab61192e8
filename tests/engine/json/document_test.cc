// The document against nlohmann's own DOM: whatever a string holds, both accept or refuse it and read the same text.
#include "json/document.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

namespace sortkey::json {
namespace {

void expect_same(const std::string& text) {
    Document document;
    const bool accepted = nlohmann::json::accept(text);
    ASSERT_EQ(document.parse(text), accepted) << text;
    if (!accepted) return;
    const auto wanted = nlohmann::json::parse(text);
    const Node got = document.root();
    if (wanted.is_string()) {
        EXPECT_EQ(got.text(), wanted.get<std::string>()) << text;
        return;
    }
    ASSERT_TRUE(wanted.is_object()) << text;
    for (const auto& [name, value] : wanted.items()) {
        ASSERT_TRUE(got.find(name)) << text;
        EXPECT_EQ(got.find(name).text(), value.get<std::string>()) << text;
    }
}

TEST(Document, ReadsEveryByteAtEveryPlaceOfAStringAsTheLibraryDoes) {
    // Longer than two of the eight-byte steps, so that each byte stands in and between them.
    for (size_t length = 1; length <= 18; ++length) {
        for (size_t at = 0; at < length; ++at) {
            for (int byte = 0; byte < 256; ++byte) {
                std::string text(length, 'a');
                text[at] = static_cast<char>(byte);
                expect_same("\"" + text + "\"");
            }
        }
    }
}

TEST(Document, ReadsEscapesAndTextBeyondAsciiBesidePlainStrings) {
    for (const char* middle : {"", "plain", R"(a\"b)", R"(\\)", R"(\\\")", R"(tab\t)", R"(\u00e9)", R"(\ud83c\udfb5)",
                               R"(\ud83c)", R"(\u12)", R"(\x)", "é", "\xF0\x9F\x8E\xB5", "\xC3", "\xED\xA0\x80", "\x7f",
                               "a long text without anything special in it"})
        expect_same(R"({"first":"plain text","second )" + std::string(middle) + R"(":")" + middle +
                    R"(","third":"plain again"})");
}

TEST(Document, RefusesWhatIsCutOff) {
    const std::string whole = R"({"a plain name":"a plain value","b\n":"c\"d"})";
    for (size_t length = 0; length < whole.size(); ++length) expect_same(whole.substr(0, length));
    for (const char* text : {"\"", "\"abc", "\"abcdefghij", "{\"abcdefghij", "\"a\"b\"", "[\"a\"\"b\"]", "tru\"e\""})
        expect_same(text);
}

TEST(Document, IsEmptyAfterAFailureAndReadsTheNextText) {
    Document document;
    ASSERT_TRUE(document.parse(R"({"a":"x"})"));
    ASSERT_FALSE(document.parse(R"({"a":)"));
    EXPECT_TRUE(document.root().is_null());
    ASSERT_TRUE(document.parse(R"({"a":["y","é",7,1.5,null]})"));
    std::string texts;
    for (const Node::Member element : document.root().find("a").elements())
        if (element.value.kind() == Kind::String) texts += element.value.text();
    EXPECT_EQ(texts, "yé");
}

}  // namespace
}  // namespace sortkey::json
