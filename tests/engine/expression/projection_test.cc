// Projections: what is kept of an item, and which lists of paths are refused.
#include <gtest/gtest.h>

#include "request.h"

namespace sortkey {
namespace {

TEST(Projection, KeepsSkeletons) {
    constexpr std::string_view kItem =
        "{pk:'k', a:1, b:{x:1, y:{z:[1, 2], w:0}}, l:['a', {p:1, q:2, r:3}, 'c', ['d', 'e']], dotted.name:7, ss:<'x'>}";
    const struct {
        std::string_view text;
        std::string_view expected;
        bool matched = true;
    } rows[] = {
        {"a", "{a:1}"},
        {"ss, a, pk", "{a:1, pk:'k', ss:<'x'>}"},
        {"b.y.z[1]", "{b:{y:{z:[2]}}}"},
        {"b.x, b.y.w", "{b:{x:1, y:{w:0}}}"},
        {"l[2], l[0]", "{l:['a', 'c']}"},
        {"l[1].r, l[1].p, l[3][1]", "{l:[{p:1, r:3}, ['e']]}"},
        {"l[1].nope, l[3][1]", "{l:[['e']]}"},
        {"l[10]", "{}", false},
        {"#dot", "{dotted.name:7}"},
        {"b.nope, a", "{a:1}"},
    };
    const std::string item = notation::item(kItem);
    for (const auto& row : rows) {
        notation::Request request("#dot=dotted.name", "");
        const Result<Projection> projection = compile_projection(row.text, request.placeholders);
        ASSERT_TRUE(projection) << row.text << ": " << projection.error().message;
        std::string out;
        EXPECT_EQ(project(*projection, ItemView(item), out), row.matched) << row.text;
        EXPECT_EQ(notation::print_item(out), row.expected) << row.text;
        std::string of_absent;
        EXPECT_FALSE(project(*projection, ItemView(), of_absent));
        EXPECT_EQ(notation::print_item(of_absent), "{}");
    }
}

TEST(Projection, WrongContainersSelectNothing) {
    const std::string item = notation::item("{a:1, b:{x:1}, l:[1], ss:<'x'>}");
    for (const std::string_view text : {"nope", "b.nope", "a.b", "a[0]", "b[0]", "l.x", "ss[0]", "l[0].x"}) {
        notation::Request request;
        const Result<Projection> projection = compile_projection(text, request.placeholders);
        ASSERT_TRUE(projection) << text;
        std::string out;
        EXPECT_FALSE(project(*projection, ItemView(item), out)) << text;
        EXPECT_EQ(notation::print_item(out), "{}") << text;
    }
}

TEST(Projection, CountsBeyondOneByte) {
    std::string text = "{";
    std::string paths;
    for (int i = 0; i < 200; ++i) {
        text += "a" + std::to_string(i) + ":" + std::to_string(i) + ", ";
        if (i % 4 != 0) paths += (paths.empty() ? "a" : ", a") + std::to_string(i);
    }
    const std::string item = notation::item(text + "}");
    notation::Request request;
    const Result<Projection> projection = compile_projection(paths, request.placeholders);
    ASSERT_TRUE(projection);
    std::string out = "kept";
    ASSERT_TRUE(project(*projection, ItemView(item), out));
    const ItemView projected(std::string_view(out).substr(4));
    EXPECT_EQ(projected.count(), 150u);
    EXPECT_EQ(projected.find("a199").number().text(), "199");
    EXPECT_FALSE(projected.find("a196"));
    EXPECT_EQ(encode_item(decode_item(projected)), out.substr(4));
}

TEST(Projection, RefusesPaths) {
    const std::string overlap =
        "Two document paths overlap with each other; must remove or rewrite one of these paths; path one: ";
    const std::string conflict =
        "Two document paths conflict with each other; must remove or rewrite one of these paths; path one: ";
    const struct {
        std::string_view text;
        std::string message;
        std::string_view underlined;
    } rows[] = {
        {"", "The expression can not be empty;", ""},
        {"a.abORt", "Attribute name is a reserved keyword; reserved keyword: abORt", "abORt"},
        {"#zz,ABSoLUTE", "Attribute name is a reserved keyword; reserved keyword: ABSoLUTE", "ABSoLUTE"},
        {"a,b,a,#zz", "An expression attribute name used in the document path is not defined; attribute name: #zz",
         "#zz"},
        {"b[1], b.a, #a.b, a", overlap + "[a, b], path two: [a]", "a"},
        {"a, #a[1]", overlap + "[a], path two: [a, [1]]", "#a[1]"},
        {"a, #a", overlap + "[a], path two: [a]", "#a"},
        {"a.b, #a[1], #b", conflict + "[a, b], path two: [a, [1]]", "#a[1]"},
        {"a[3].b, #a.#b.b", conflict + "[a, [3], b], path two: [a, [3], b]", "#a.#b.b"},
    };
    for (const auto& row : rows) {
        notation::Request request("#a=a, #b=[3]", "");
        const Result<Projection> projection = compile_projection(row.text, request.placeholders);
        ASSERT_FALSE(projection) << row.text;
        EXPECT_EQ(projection.error().message, "Invalid ProjectionExpression: " + row.message) << row.text;
        EXPECT_EQ(notation::underlined(projection.error(), row.text), row.underlined) << row.text;
    }
}

TEST(Projection, OfLegacyNames) {
    const std::string item = notation::item("{a.b:1, c:2, d:3}");
    const std::string_view names[] = {"d", "a.b", "x"};
    const Result<Projection> projection = projection_of_names(names);
    ASSERT_TRUE(projection);
    std::string out;
    EXPECT_TRUE(project(*projection, ItemView(item), out));
    EXPECT_EQ(notation::print_item(out), "{a.b:1, d:3}");
    const std::string_view twice[] = {"a", "b", "c", "b", "a"};
    EXPECT_EQ(projection_of_names(twice).error().message,
              "One or more parameter values were invalid: Duplicate value in attribute name: b");
}

}  // namespace
}  // namespace sortkey
