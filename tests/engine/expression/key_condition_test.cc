// Key conditions: shapes that are refused without a table, then what a schema makes of the rest.
#include <gtest/gtest.h>

#include "request.h"

namespace sortkey {
namespace {

constexpr std::string_view kPrefix = "Invalid KeyConditionExpression: ";

Status extract(std::string_view text, Wording wording) {
    notation::Request request("#a=a", "{:a:'1', :b:'2'}");
    const Result<Condition> condition = compile_condition(Kind::KeyCondition, text, request.placeholders);
    if (!condition) return condition.error();
    const Result<KeyCondition> terms = extract_key_condition(*condition, wording);
    if (!terms) return terms.error();
    return {};
}

TEST(KeyCondition, RefusesShapes) {
    const struct {
        std::string_view text;
        std::string message;
        std::string_view underlined;
    } rows[] = {
        {"a > b and size(b) > c or a > c", "Invalid operator used in KeyConditionExpression: OR", "or"},
        {"a in (b, size(c), d)", "Invalid operator used in KeyConditionExpression: IN", "in"},
        {"attribute_exists(a)", "Invalid operator used in KeyConditionExpression: attribute_exists",
         "attribute_exists"},
        {"attribute_not_exists(a)", "Invalid operator used in KeyConditionExpression: attribute_not_exists",
         "attribute_not_exists"},
        {"contains(a.d, b)", "Invalid operator used in KeyConditionExpression: contains", "contains"},
        {"not a > b", "Invalid operator used in KeyConditionExpression: NOT", "not"},
        {"a <> b", "Invalid operator used in KeyConditionExpression: <>", "<>"},
        {":a between size(b) and size(a) and b > :b",
         "Invalid condition in KeyConditionExpression: BETWEEN operator must have the key attribute as its first "
         "operand",
         "between"},
        {"begins_with(:a, b) and a > :b",
         "Invalid condition in KeyConditionExpression: begins_with operator must have the key attribute as its first "
         "operand",
         "begins_with"},
        {"size(b) > a AND a.b > b AND b > c", "KeyConditionExpressions cannot contain nested operations", "size"},
        {"a > size(b.d)", "KeyConditionExpressions cannot contain nested operations", "size"},
        {"a between size(b) and size(a)", "KeyConditionExpressions cannot contain nested operations", "size"},
        {"b > a.b", "Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition",
         "a.b"},
        {"b between c[1] and d",
         "Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition", "c[1]"},
        {"begins_with(a, b)",
         "Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition", "b"},
        {"b.d > a AND c.d > e.f",
         std::string(kPrefix) + "KeyConditionExpressions cannot have conditions on nested attributes", "b.d"},
        {"b[0] > a", std::string(kPrefix) + "KeyConditionExpressions cannot have conditions on nested attributes",
         "b[0]"},
        {":b > :a AND a < :b", "Invalid condition in KeyConditionExpression: No key attribute specified", ">"},
        {":a > b AND :a < :b", "Invalid condition in KeyConditionExpression: No key attribute specified", "<"},
        {"b > :a AND b < :b", std::string(kPrefix) + "KeyConditionExpressions must only contain one condition per key",
         "b"},
        {"(a > :a and b > :a) and (#a > :a and c > :a)",
         std::string(kPrefix) + "KeyConditionExpressions must only contain one condition per key", "#a"},
        {"attribute_type(a, b)",
         std::string(kPrefix) +
             "Incorrect operand type for operator or function; operator or function: attribute_type, operand type: "
             "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}",
         "b"},
        {"a between :b and :a",
         std::string(kPrefix) +
             "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound "
             "operand: AttributeValue: {S:2}, upper bound operand: AttributeValue: {S:1}",
         ":b and :a"},
        {"((a = :a)) and ((b = :b))", std::string(kPrefix) + "The expression has redundant parentheses;", ")"},
    };
    for (const auto& row : rows) {
        const Status status = extract(row.text, Wording::newer);
        ASSERT_FALSE(status) << row.text;
        EXPECT_EQ(status.error().message, row.message) << row.text;
        EXPECT_EQ(status.error().position.parameter, "KeyConditionExpression");
        EXPECT_EQ(notation::underlined(status.error(), row.text), row.underlined) << row.text;
    }
    EXPECT_EQ(extract("b[0] > :a", Wording::older).error().message,
              "KeyConditionExpressions cannot have conditions on nested attributes");
    EXPECT_EQ(extract("b > :a AND b < :b", Wording::older).error().message,
              "KeyConditionExpressions must only contain one condition per key");
}

KeySchema schema(std::string_view hash, std::string_view range) {
    KeySchema made;
    const auto add = [](std::vector<KeyAttribute>& part, std::string_view names) {
        for (size_t i = 0; i + 1 < names.size(); i += 3) {
            const char type = names[i + 1];
            part.push_back({std::string(1, names[i]), type == 'S' ? Type::S : type == 'N' ? Type::N : Type::B});
        }
    };
    add(made.hash, hash);
    add(made.range, range);
    return made;
}

/// The plan as text: "p='x' | r='y', 5 | >= 3".
std::string plan(std::string_view text, const KeySchema& keys, std::string_view values,
                 Wording wording = Wording::newer) {
    static constexpr std::string_view kSigns[] = {"=", "<", "<=", ">", ">=", "between", "begins"};
    notation::Request request("", values);
    const Result<Condition> condition = compile_condition(Kind::KeyCondition, text, request.placeholders);
    if (!condition) return condition.error().message;
    const Result<KeyCondition> terms = extract_key_condition(*condition, wording);
    if (!terms) return terms.error().message;
    const Result<KeyPlan> bound = bind_key_condition(*terms, keys, wording);
    if (!bound) return bound.error().message;
    std::string out;
    for (const ValueView value : bound->hash) out += notation::print_value(value) + " ";
    out += "|";
    for (const ValueView value : bound->range) out += " " + notation::print_value(value);
    if (bound->has_last) {
        out += " " + std::string(kSigns[static_cast<size_t>(bound->last)]) + " " + notation::print_value(bound->lower);
        if (bound->upper) out += " " + notation::print_value(bound->upper);
    }
    return out;
}

TEST(KeyCondition, PlansReads) {
    const KeySchema keys = schema("pS", "rN");
    const std::string_view values = "{:p:'x', :r:5, :q:7}";
    EXPECT_EQ(plan("p = :p", keys, "{:p:'x'}"), "'x' |");
    EXPECT_EQ(plan(":p = p", keys, "{:p:'x'}"), "'x' |");
    EXPECT_EQ(plan("r = :r AND p = :p", keys, values), "'x' | 5");
    EXPECT_EQ(plan("(p = :p AND (r >= :r))", keys, values), "'x' | >= 5");
    EXPECT_EQ(plan(":r <= r AND p = :p", keys, values), "'x' | >= 5");
    EXPECT_EQ(plan(":r > r AND p = :p", keys, values), "'x' | < 5");
    EXPECT_EQ(plan("p = :p AND r BETWEEN :r AND :q", keys, values), "'x' | between 5 7");
    EXPECT_EQ(plan("p = :p AND begins_with(r, :r)", schema("pS", "rS"), "{:p:'x', :r:'a'}"), "'x' | begins 'a'");
}

TEST(KeyCondition, ChecksTheSchema) {
    const KeySchema keys = schema("pS", "rN");
    const KeySchema hash_only = schema("pS", "");
    const std::string_view values = "{:s:'x', :n:5, :t:true, :e:''}";
    const struct {
        std::string_view text;
        const KeySchema& keys;
        std::string_view message;
    } rows[] = {
        {"r = :n", keys, "Query condition missed key schema element: p"},
        {"p = :s AND x = :n", keys, "Query condition missed key schema element: r"},
        {"x = :s", hash_only, "Query condition missed key schema element: p"},
        {"p > :s", keys, "Query key condition not supported"},
        {"p BETWEEN :s AND :s AND r = :n", keys, "Query key condition not supported"},
        {"p = :s AND r = :n AND x = :n", keys,
         "The number of query conditions (3) exceeds the number of key attributes defined in the schema (2)"},
        {"p = :s AND r = :n", hash_only,
         "The number of query conditions (2) exceeds the number of key attributes defined in the schema (1)"},
        {"p = :n", keys,
         "One or more parameter values were invalid: Condition parameter type does not match schema type"},
        {"p > :n", keys,
         "One or more parameter values were invalid: Condition parameter type does not match schema type"},
        {"p = :s AND r = :t", keys,
         "One or more parameter values were invalid: Condition parameter type does not match schema type"},
        {"p = :s AND begins_with(r, :s)", keys,
         "One or more parameter values were invalid: Condition parameter type does not match schema type"},
        {"p = :s AND begins_with(r, :n)", keys,
         "Invalid KeyConditionExpression: Incorrect operand type for operator or function; operator or function: "
         "begins_with, operand "
         "type: N"},
        {"p = :s AND r < :t", keys,
         "Invalid KeyConditionExpression: Incorrect operand type for operator or function; operator or function: <, "
         "operand type: BOOL"},
        {"p = :e", keys,
         "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty "
         "string value. "
         "Key: p"},
    };
    for (const auto& row : rows) EXPECT_EQ(plan(row.text, row.keys, values), row.message) << row.text;
    EXPECT_EQ(plan("p = :s AND r = :n AND x = :n", keys, values, Wording::older),
              "Conditions can be of length 1 or 2 only");
    EXPECT_EQ(plan("p = :s AND r = :n", hash_only, values, Wording::older), "Query key condition not supported");
}

TEST(KeyCondition, MultiAttributeKeys) {
    const KeySchema keys = schema("pS qN", "aS bN cS");
    const std::string_view values = "{:s:'x', :n:5}";
    const struct {
        std::string_view text;
        std::string_view expected;
    } rows[] = {
        {"q = :n AND p = :s", "'x' 5 |"},
        {"p = :s AND q = :n AND b = :n AND a = :s", "'x' 5 | 'x' 5"},
        {"p = :s AND q = :n AND a = :s AND b > :n", "'x' 5 | 'x' > 5"},
        {"p = :s AND q = :n AND a = :s AND b = :n AND begins_with(c, :s)", "'x' 5 | 'x' 5 begins 'x'"},
        {"p = :s", "HASH key attributes q must have equality conditions specified in the query"},
        {"p > :s AND a = :s", "HASH key attributes p, q must have equality conditions specified in the query"},
        {"p = :s AND q = :n AND b = :n",
         "RANGE key attributes a must have equality conditions specified in the query because a condition is present "
         "on key attribute b"},
        {"p = :s AND q = :n AND a > :s AND b = :n",
         "RANGE key attributes a must have equality conditions specified in the query because a condition is present "
         "on key attribute b"},
        {"p = :s AND q = :n AND c = :s",
         "RANGE key attributes a, b must have equality conditions specified in the query because a condition is "
         "present on key "
         "attribute c"},
        {"p = :s AND q = :n AND x = :n", "Query condition missed key schema element: a"},
        {"p = :s AND q = :s",
         "One or more parameter values were invalid: Condition parameter type does not match schema type"},
        {"p = :s AND q = :n AND a = :s AND b = :n AND c = :s AND x = :s",
         "The number of query conditions (6) exceeds the number of key attributes defined in the schema (5)"},
    };
    for (const auto& row : rows) EXPECT_EQ(plan(row.text, keys, values), row.expected) << row.text;
}

TEST(KeyCondition, PinsRowsAndMatchesValues) {
    const KeySchema keys = schema("pS", "rN");
    KeyPlan plan;
    EXPECT_FALSE(plan.pins_row(keys));
    const std::string five = notation::value("5");
    const std::string six = notation::value("6");
    plan.range.push_back(ValueView(five));
    EXPECT_TRUE(plan.pins_row(keys));
    EXPECT_TRUE(matches(KeyComparator::Between, ValueView(five), ValueView(five), ValueView(six)));
    EXPECT_FALSE(matches(KeyComparator::Less, ValueView(six), ValueView(five), {}));
    EXPECT_TRUE(matches(KeyComparator::GreaterEqual, ValueView(six), ValueView(five), {}));
    EXPECT_FALSE(matches(KeyComparator::Equal, ValueView(notation::value("'5'")), ValueView(five), {}));
    EXPECT_TRUE(
        matches(KeyComparator::BeginsWith, ValueView(notation::value("'ab'")), ValueView(notation::value("'a'")), {}));
}

}  // namespace
}  // namespace sortkey
