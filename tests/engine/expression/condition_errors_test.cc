// What a condition is refused for, and which error wins: rows follow the order in which the service looks.
#include <gtest/gtest.h>

#include "request.h"

namespace sortkey {
namespace {

struct ErrorRow {
    std::string text;
    std::string_view values;
    std::string_view message;  ///< behind "Invalid FilterExpression: "; empty: accepted
    std::string_view underlined;
};

void check(const ErrorRow& row) {
    notation::Request request("#a=a, #b=b, #dot=a.b[0], #abort=abort", row.values);
    const Result<Condition> condition = compile_condition(Kind::Filter, row.text, request.placeholders);
    if (row.message.empty()) {
        EXPECT_TRUE(condition) << row.text << ": " << condition.error().message;
        return;
    }
    ASSERT_FALSE(condition) << row.text;
    EXPECT_EQ(condition.error().code, ErrorCode::Validation);
    EXPECT_EQ(condition.error().message, "Invalid FilterExpression: " + std::string(row.message)) << row.text;
    EXPECT_EQ(condition.error().position.parameter, "FilterExpression");
    EXPECT_EQ(notation::underlined(condition.error(), row.text), row.underlined) << row.text;
}

std::string repeated(std::string_view piece, int times, std::string_view between) {
    std::string text;
    for (int i = 0; i < times; ++i) {
        if (i > 0) text += between;
        text += piece;
    }
    return text;
}

TEST(ConditionErrors, LengthAndLimits) {
    const std::string long_text = "attribute_exists(" + std::string(4079, 'a') + ")";
    ASSERT_EQ(long_text.size(), 4097u);
    check({"", "", "The expression can not be empty;", ""});
    check({long_text, "", "Expression size has exceeded the maximum allowed size; expression size: 4097", long_text});
    check({"attribute_exists(" + std::string(4078, 'a') + ")", "", "", ""});
    check({repeated("a=b", 151, " OR "), "", "The expression contains too many operators; operator count: 301",
           repeated("a=b", 151, " OR ")});
    check({"NOT " + repeated("a=b", 150, " OR "), "", "", ""});
    check({"attribute_exists(" + repeated("d", 32, ".") + ")", "", "", ""});
    check({"attribute_exists(" + repeated("d", 33, ".") + ")", "",
           "The document path has too many nesting levels; nesting levels: 33", repeated("d", 33, ".")});
    check({"attribute_exists(d[99999999999999])", "",
           "List index is not within the allowable range; index: [99999999999999]", "99999999999999"});
    check({"a IN (" + repeated(":v", 99, ",") + ")", "{:v:1}", "", ""});
    check({"a IN (" + repeated(":v", 100, ",") + ")", "{:v:1}",
           "Incorrect number of operands for operator or function; operator or function: IN, number of operands: 101",
           "IN"});
}

TEST(ConditionErrors, RedundantParentheses) {
    for (const std::string_view text :
         {"a=a and a > ((views))", "(a)between(((b.c)).d)and(c)", "a > whatever((:things), ((a)))",
          "a=a AND ((a=a AND a=a)) AND a=a", "a=a OR ((a=a OR a=a)) OR a=a", "a=a AND ((a=a AND (a=a AND a=a)))",
          "((a=a))", "((a)) = b"}) {
        notation::Request request;
        const Result<Condition> condition = compile_condition(Kind::Filter, text, request.placeholders);
        ASSERT_FALSE(condition) << text;
        EXPECT_EQ(condition.error().message, "Invalid FilterExpression: The expression has redundant parentheses;")
            << text;
    }
    check({"(a=b AND (a=c))", "", "", ""});
    check({"((a=b) AND (a=c))", "", "", ""});
    check({"(a) IN ((b), (c))", "", "", ""});
}

TEST(ConditionErrors, FunctionNamesThenTheirUseThenReservedWords) {
    const ErrorRow rows[] = {
        {"a=a and whatever((:things)) > a", "", "Invalid function name; function: whatever", "whatever"},
        {"attRIbute_exIsts((views), #a)", "", "Invalid function name; function: attRIbute_exIsts", "attRIbute_exIsts"},
        {"size(a) AND f(a)", "", "Invalid function name; function: f", "f"},
        {"if_not_exists(a, :v) = :v", "", "The function is not allowed in a filter expression; function: if_not_exists",
         "if_not_exists"},
        {"attribute_exists((views), (#a)) > b", "",
         "The function is not allowed to be used this way in an expression; function: attribute_exists",
         "attribute_exists"},
        {"contains(:things, c) > b", "",
         "The function is not allowed to be used this way in an expression; function: contains", "contains"},
        {"size(contains(a, b)) > a", "",
         "The function is not allowed to be used this way in an expression; function: contains", "contains"},
        {"size(things)", "", "The function is not allowed to be used this way in an expression; function: size",
         "size"},
        {"NOT (size(a))", "", "The function is not allowed to be used this way in an expression; function: size",
         "size"},
        {"a = b OR size(abort)", "", "The function is not allowed to be used this way in an expression; function: size",
         "size"},
        {"a between b and attribute_exists(things)", "",
         "The function is not allowed to be used this way in an expression; function: attribute_exists",
         "attribute_exists"},
        {"a in (b, attribute_exists(things))", "",
         "The function is not allowed to be used this way in an expression; function: attribute_exists",
         "attribute_exists"},
        {"attribute_exists(views, #zz)", "", "Attribute name is a reserved keyword; reserved keyword: views", "views"},
        {":a < abOrT", "", "Attribute name is a reserved keyword; reserved keyword: abOrT", "abOrT"},
        {"attribute_exists(a.b[0].Name)", "", "Attribute name is a reserved keyword; reserved keyword: Name", "Name"},
        {"attribute_exists(#abort)", "", "", ""},
        {"attribute_exists(#dot)", "", "", ""},
    };
    for (const ErrorRow& row : rows) check(row);
}

TEST(ConditionErrors, PlaceholdersThenCounts) {
    const ErrorRow rows[] = {
        {"attribute_exists(#P.RearView, :a) and a=a", "",
         "An expression attribute name used in the document path is not defined; attribute name: #P", "#P"},
        {"begins_with(Pictures.#R)", "",
         "An expression attribute name used in the document path is not defined; attribute name: #R", "#R"},
        {"begins_with(:hello, #zz, #b)", "",
         "An expression attribute value used in expression is not defined; attribute value: :hello", ":hello"},
        {"a = a AND #zz = b", "",
         "The first operand must be distinct from the remaining operands for this operator or function; operator: =, "
         "first operand: "
         "[a]",
         "a"},
        {"attribute_exists(things, a) and a=a", "",
         "Incorrect number of operands for operator or function; operator or function: attribute_exists, number of "
         "operands: 2",
         "attribute_exists"},
        {"attribute_type(things)", "",
         "Incorrect number of operands for operator or function; operator or function: attribute_type, number of "
         "operands: 1",
         "attribute_type"},
        {"begins_with(things, size(a), b)", "",
         "Incorrect number of operands for operator or function; operator or function: begins_with, number of "
         "operands: 3",
         "begins_with"},
        {"contains(things)", "",
         "Incorrect number of operands for operator or function; operator or function: contains, number of operands: 1",
         "contains"},
        {"size(things, a) > b", "",
         "Incorrect number of operands for operator or function; operator or function: size, number of operands: 2",
         "size"},
    };
    for (const ErrorRow& row : rows) check(row);
}

TEST(ConditionErrors, EqualOperands) {
    const std::string start =
        "The first operand must be distinct from the remaining operands for this operator or function; operator: ";
    const struct {
        std::string text;
        std::string rest;
        std::string_view underlined;
    } rows[] = {
        {"#a <> a", "<>, first operand: [a]", "a"},
        {"a > #a", ">, first operand: [a]", "#a"},
        {"((a=a) OR (a=a))", "=, first operand: [a]", "a"},
        {"contains(ab.bc[1].a, ab.bc[1].#a)", "contains, first operand: [ab, bc, [1], a]", "ab.bc[1].#a"},
        {"attribute_type(ab.bc[1].#a, ab.bc[1].a)", "attribute_type, first operand: [ab, bc, [1], a]", "ab.bc[1].a"},
        {"begins_with(ab.bc[1].a, ab.bc[1].#a)", "begins_with, first operand: [ab, bc, [1], a]", "ab.bc[1].#a"},
    };
    for (const auto& row : rows) check({row.text, "", start + row.rest, row.underlined});
    check({":v = :v", "{:v:1}", "", ""});
    check({"a = a.b", "", "", ""});
    check({"#dot = a.b[0]", "", "", ""});  // one part whose name holds dots is not a path
}

TEST(ConditionErrors, OperandTypes) {
    const std::string start = "Incorrect operand type for operator or function; operator or function: ";
    const struct {
        std::string text;
        std::string_view values;
        std::string rest;
        std::string_view underlined;
    } rows[] = {
        {"attribute_type(a, size(a)) and a=a", "", "attribute_type, operand type: N", "size"},
        {"attribute_type(a, :a)", "{:a:1}", "attribute_type, operand type: N", ":a"},
        {"attribute_type(a, :a)", "{:a:[]}", "attribute_type, operand type: L", ":a"},
        {"attribute_type(a, b)", "", "attribute_type, operand type: {NS,SS,L,BS,N,M,B,BOOL,NULL,S}", "b"},
        {"begins_with(a, size(a))", "", "begins_with, operand type: N", "size"},
        {"begins_with(a, :a)", "{:a:1}", "begins_with, operand type: N", ":a"},
        {"begins_with(:a, a)", "{:a:<'x'>}", "begins_with, operand type: SS", ":a"},
        {"begins_with(:a, a)", "{:a:null}", "begins_with, operand type: NULL", ":a"},
        {"size(size(a)) > :a", "{:a:1}", "size, operand type: N", "size"},
        {"attribute_not_exists(size(:a))", "{:a:1}", "size, operand type: N", ":a"},
        {"size(:a) > a", "{:a:true}", "size, operand type: BOOL", ":a"},
        {"size(:a) > a", "{:a:null}", "size, operand type: NULL", ":a"},
        {"a < :a", "{:a:true}", "<, operand type: BOOL", ":a"},
        {":a >= a", "{:a:{}}", ">=, operand type: M", ":a"},
        {"a BETWEEN b AND :a", "{:a:<1>}", "BETWEEN, operand type: NS", ":a"},
    };
    for (const auto& row : rows) check({row.text, row.values, start + row.rest, row.underlined});
    const ErrorRow others[] = {
        {"attribute_type(a, :a)", "{:a:'DOG'}",
         "Invalid attribute type name found; type: DOG, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}", ":a"},
        {"attribute_type(a, :a)", "{:a:'NULL'}", "", ""},
        {"attribute_exists(:a) and a=a", "{:a:'1'}",
         "Operator or function requires a document path; operator or function: attribute_exists", ":a"},
        {"attribute_not_exists(size(:a))", "{:a:'1'}",
         "Operator or function requires a document path; operator or function: attribute_not_exists", "size"},
        {"a between :b and :a", "{:a:'a', :b:1}",
         "The BETWEEN operator requires same data type for lower and upper bounds; lower bound operand: "
         "AttributeValue: {N:1}, upper "
         "bound operand: AttributeValue: {S:a}",
         ":b and :a"},
        {"a between :b and :a", "{:a:'a', :b:'b'}",
         "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: "
         "AttributeValue: {S:b}, upper bound operand: AttributeValue: {S:a}",
         ":b and :a"},
        {"a between :b and :a", "{:a:b'00', :b:b'ff'}",
         "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: "
         "AttributeValue: {B:/w==}, upper bound operand: AttributeValue: {B:AA==}",
         ":b and :a"},
        {"a between :a and :a", "{:a:1}", "", ""},
        {"a = :a OR a <> :a OR a IN (:a) OR contains(a, :a)", "{:a:null}", "", ""},
        {"size(:a) > a", "{:a:'x'}", "", ""},
    };
    for (const ErrorRow& row : others) check(row);
}

TEST(Placeholders, UnusedAndMalformed) {
    notation::Request request("#a=a, #b=b, #c=c", "{:v:1, :w:2}");
    ASSERT_TRUE(compile_condition(Kind::Condition, "#a = :v", request.placeholders));
    EXPECT_EQ(request.placeholders.check_unused().error().message,
              "Value provided in ExpressionAttributeNames unused in expressions: keys: {#b, #c}");
    ASSERT_TRUE(compile_projection("#b, #c", request.placeholders));
    EXPECT_EQ(request.placeholders.check_unused().error().message,
              "Value provided in ExpressionAttributeValues unused in expressions: keys: {:w}");
    ASSERT_TRUE(compile_condition(Kind::Condition, ":w = a", request.placeholders));
    EXPECT_TRUE(request.placeholders.check_unused());

    EXPECT_TRUE(check_name_placeholder("#_0a"));
    EXPECT_EQ(check_name_placeholder("a").error().message,
              "ExpressionAttributeNames contains invalid key: Syntax error; key: \"a\"");
    for (const std::string_view key : {"", "#", "#a.b", ":a", "#\xc3\xbc"})
        EXPECT_FALSE(check_name_placeholder(key)) << key;
    EXPECT_TRUE(check_value_placeholder(":a"));
    EXPECT_EQ(check_value_placeholder("#a").error().message,
              "ExpressionAttributeValues contains invalid key: Syntax error; key: \"#a\"");
}

TEST(Placeholders, ManyAreFoundToo) {
    std::string names;
    for (int i = 0; i < 100; ++i) names += (i ? ", #n" : "#n") + std::to_string(i) + "=attribute" + std::to_string(i);
    notation::Request request(names, "");
    for (int i = 99; i >= 0; --i) {
        const std::string_view* name = request.placeholders.use_name("#n" + std::to_string(i));
        ASSERT_NE(name, nullptr);
        EXPECT_EQ(*name, "attribute" + std::to_string(i));
    }
    EXPECT_EQ(request.placeholders.use_name("#n100"), nullptr);
    EXPECT_TRUE(request.placeholders.check_unused());
}

}  // namespace
}  // namespace sortkey
