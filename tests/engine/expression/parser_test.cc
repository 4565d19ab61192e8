// Grammar: which tree a text becomes, and where a syntax error is seen.
#include "expression/parser.h"

#include <gtest/gtest.h>

#include "request.h"

namespace sortkey {
namespace {

std::string tree_of(std::string_view text) {
    Result<Parsed> parsed = parse(Kind::Condition, text);
    return parsed ? print(parsed->tree, parsed->tree.root) : parsed.error().message;
}

TEST(Parser, BuildsConditionTrees) {
    const struct {
        std::string_view text;
        std::string_view tree;
    } rows[] = {
        {"a = :v", "(= [a] :v)"},
        {"a=b OR c=d AND NOT e=f", "(OR (= [a] [b]) (AND (= [c] [d]) (NOT (= [e] [f]))))"},
        {"a=b and c=d AND e=f", "(AND (= [a] [b]) (= [c] [d]) (= [e] [f]))"},
        {"(a=b OR c=d) AND e=f", "(AND (OR (= [a] [b]) (= [c] [d])) (= [e] [f]))"},
        {"a BETWEEN :x AND :y AND b IN (:x, c.d)", "(AND (BETWEEN [a] :x :y) (IN [b] :x [c, d]))"},
        {"(a)between(b.c[45].#d)and(:a)", "(BETWEEN [a] [b, c, [45], #d] :a)"},
        {"(a.b).c[0] < size ( d )", "(< [a, b, c, [0]] (size [d]))"},
        {"(size(a)) > :b", "(> (size [a]) :b)"},
        {"(contains(a, :b)) AND (NOT contains(c, :d))", "(AND (contains [a] :b) (NOT (contains [c] :d)))"},
        {"NOT(a = b)", "(NOT (= [a] [b]))"},
        {"NOT not (NOT NOT a = b) AND c = d", "(AND (NOT (NOT (NOT (NOT (= [a] [b]))))) (= [c] [d]))"},
        {"a\n=\t:v", "(= [a] :v)"},
        {"set = :v", "(= [set] :v)"},
    };
    for (const auto& row : rows) EXPECT_EQ(tree_of(row.text), row.tree) << row.text;
}

struct SyntaxRow {
    Kind kind;
    std::string_view text;
    std::string_view token;
    std::string_view near;
};

TEST(Parser, ReportsSyntaxErrors) {
    const SyntaxRow rows[] = {
        {Kind::Condition, "things are not gonna be ok", "are", "things are not"},
        {Kind::Condition, "a > 4", "4", "> 4"},
        {Kind::Condition, "(", "<EOF>", "("},
        {Kind::Condition, " ", "<EOF>", ""},
        {Kind::Condition, "a", "<EOF>", "a"},
        {Kind::Condition, ":v", "<EOF>", ":v"},
        {Kind::Condition, "a AND b = c", "AND", "a AND b"},
        {Kind::Condition, "(a) AND b = c", "AND", ") AND b"},
        {Kind::Condition, "a != :v", "!", "a !="},
        {Kind::Condition, "a == :v", "=", "== :v"},
        {Kind::Condition, "a = :v)", ")", ":v)"},
        {Kind::Condition, "NOT NOT = b", "=", "NOT = b"},
        {Kind::Condition, "(NOT a)", ")", "a)"},
        {Kind::Condition, "(a = b) = c", "=", ") = c"},
        {Kind::Condition, "attribute_exists(Pictures-RearView)", "-", "Pictures-RearView"},
        {Kind::Condition, "attribute_exists(\"P\")", "\"", "(\"P"},
        {Kind::Condition, "attribute_exists(Pictures..RearView)", ".", "..RearView"},
        {Kind::Condition, "attribute_exists(Pi#ctures)", "#ctures", "Pi#ctures)"},
        {Kind::Condition, "attribute_exists(asdf[a])", "a", "[a]"},
        {Kind::Condition, "a in b", "b", "in b"},
        {Kind::Condition, "a > between", "between", "> between"},
        {Kind::Condition, "a in (b,c,)", ")", ",)"},
        {Kind::Condition, "a in ()", ")", "()"},
        {Kind::Condition, "(a)between(b.(c.d))and(c)", "(", ".(c"},
        {Kind::Condition, "(a)between(b.c.d)and((c)", "<EOF>", ")"},
        {Kind::Condition, "#$.b > a", "#", "#$"},
        {Kind::Condition, "a > :things.stuff", ".", ":things.stuff"},
        {Kind::Condition, "b[:a] > a", ":a", "[:a]"},
        {Kind::Condition, "b[#_] > a", "#_", "[#_]"},
        {Kind::Condition, "b[-1] > a", "-", "[-1"},
        {Kind::Condition, "b[] > a", "]", "[] >"},
        {Kind::Condition, "\xc3\xbc > a", "\xc3\xbc", "\xc3\xbc >"},
        {Kind::Condition, "_a > a", "_", "_a"},
        {Kind::Condition, "a = b[4.5]", ".", "4.5"},
        {Kind::Condition, "size(a).b > a", ".", ").b"},
        {Kind::Condition, "(size(a))[0] > a", "[", ")[0"},
        {Kind::Condition, "f() = a", ")", "() ="},
        {Kind::Projection, "a b", "b", "a b"},
        {Kind::Projection, "a,,b", ",", ",,b"},
        {Kind::Projection, "abort,", "<EOF>", ","},
        {Kind::Projection, "!!", "!", "!!"},
        {Kind::Projection, "whatever(stuff)", "(", "whatever(stuff"},
        {Kind::Projection, ":a", ":a", ":a"},
        {Kind::Projection, "(a)", "(", "(a"},
        {Kind::Projection, "a-b", "-", "a-b"},
        {Kind::Projection, "a[b]", "b", "[b]"},
        {Kind::Update, "INVALID SYNTAX", "INVALID", "INVALID SYNTAX"},
        {Kind::Update, "SET _123", "_", "SET _123"},
        {Kind::Update, "whatever", "whatever", "whatever"},
        {Kind::Update, "set a", "<EOF>", "a"},
        {Kind::Update, "set a=set", "set", "=set"},
        {Kind::Update, "remove a = b", "=", "a = b"},
        {Kind::Update, "add a = b", "=", "a = b"},
        {Kind::Update, "delete a b", "b", "a b"},
        {Kind::Update, "delete a if_not_exist(b)", "if_not_exist", "a if_not_exist("},
        {Kind::Update, "add abort b", "b", "abort b"},
        {Kind::Update, "set :a = b", ":a", "set :a ="},
        {Kind::Update, "set a = b / c", "/", "b / c"},
        {Kind::Update, "set a[1] = \"eight\"", "\"", "= \"eight"},
        {Kind::Update, "SET a = if_not_exist(a, 100)", "100", ", 100)"},
        {Kind::Update, "SET if_not_exist(a, b) = a", "(", "if_not_exist(a"},
        {Kind::Update, "set (a = (b + c))", "(", "set (a"},
        {Kind::Update, "set a = (b.c).d + e", ".", ").d"},
        {Kind::Update, "set a = (b.c)[0] + e", "[", ")[0"},
        {Kind::Update, "set a = b + c + d", "+", "c + d"},
        {Kind::Update, "set a = (b + c) - d", "-", ") - d"},
        {Kind::Update, "SET a = :v, ", "<EOF>", ","},
        {Kind::Update, "SET a = :v REMOVE", "<EOF>", "REMOVE"},
    };
    for (const SyntaxRow& row : rows) {
        const Result<Parsed> parsed = parse(row.kind, row.text);
        ASSERT_FALSE(parsed) << row.text;
        EXPECT_EQ(parsed.error().message, "Invalid " + std::string(parameter_name(row.kind)) +
                                              ": Syntax error; token: \"" + std::string(row.token) + "\", near: \"" +
                                              std::string(row.near) + "\"")
            << row.text;
        EXPECT_EQ(parsed.error().position.parameter, parameter_name(row.kind));
        EXPECT_EQ(notation::underlined(parsed.error(), row.text), row.token == "<EOF>" ? "" : row.token) << row.text;
    }
}

TEST(Parser, ReadsUpdateSections) {
    const std::string_view text =
        "remove a.b, c set d = (e + :f), g = ((h) - (:i)), j = list_append(if_not_exists(j, :k), :l) "
        "ADD m :n delete o :p";
    Result<Parsed> parsed = parse(Kind::Update, text);
    ASSERT_TRUE(parsed) << parsed.error().message;
    std::string all;
    for (const UpdateAction& action : parsed->actions) {
        all += std::to_string(static_cast<int>(action.section)) + print(parsed->tree, action.path);
        if (action.operand != kNoNode) all += "=" + print(parsed->tree, action.operand);
        all += ";";
    }
    EXPECT_EQ(
        all,
        "1[a, b];1[c];0[d]=(+ [e] :f);0[g]=(- [h] :i);0[j]=(list_append (if_not_exists [j] :k) :l);2[m]=:n;3[o]=:p;");
}

TEST(Parser, BoundsNesting) {
    const std::string deep = std::string(4000, '(') + "a";
    const Result<Parsed> parsed = parse(Kind::Condition, deep);
    ASSERT_FALSE(parsed);
    EXPECT_EQ(parsed.error().message, "Invalid ConditionExpression: The expression has redundant parentheses;");
}

}  // namespace
}  // namespace sortkey
