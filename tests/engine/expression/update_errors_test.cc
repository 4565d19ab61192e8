// What an update is refused for before any item is read, family by family in the order in which they win.
#include <gtest/gtest.h>

#include "request.h"

namespace sortkey {
namespace {

constexpr std::string_view kValues =
    "{:s:'a', :n:1, :b:b'61', :bool:false, :null:null, :ss:<'a'>, :ns:<1>, :bs:<b'61'>, :m:{}, :l:[]}";

struct Row {
    std::string text;
    std::string message;  ///< behind "Invalid UpdateExpression: "; empty: accepted
    std::string_view underlined = "";
};

void check(const Row& row) {
    notation::Request request("#a=a, #b=b, #c=c, #d=[3]", kValues);
    const Result<Update> update = compile_update(row.text, request.placeholders);
    if (row.message.empty()) {
        EXPECT_TRUE(update) << row.text << ": " << update.error().message;
        return;
    }
    ASSERT_FALSE(update) << row.text;
    EXPECT_EQ(update.error().message, "Invalid UpdateExpression: " + row.message) << row.text;
    EXPECT_EQ(update.error().position.parameter, "UpdateExpression");
    EXPECT_EQ(notation::underlined(update.error(), row.text), row.underlined) << row.text;
}

TEST(UpdateErrors, FamiliesInOrder) {
    const std::string overlap =
        "Two document paths overlap with each other; must remove or rewrite one of these paths; path one: ";
    const std::string conflict =
        "Two document paths conflict with each other; must remove or rewrite one of these paths; path one: ";
    const Row rows[] = {
        {"", "The expression can not be empty;"},
        {"set a = ((:n)) set abort = f(:zz)", "The expression has redundant parentheses;", ")"},
        {"set #zz = f(:zz) set abOrt = b", "Attribute name is a reserved keyword; reserved keyword: abOrt", "abOrt"},
        {" remove Absolute ", "Attribute name is a reserved keyword; reserved keyword: Absolute", "Absolute"},
        {"set #zz = if_not_exist(:c) set c = d", "Invalid function name; function: if_not_exist", "if_not_exist"},
        {"set a = size(b)", "The function is not allowed in an update expression; function: size", "size"},
        {"set a = #zz set c = :d", "The \"SET\" section can only be used once in an update expression;", "set"},
        {"remove #d set a = b remove e", "The \"REMOVE\" section can only be used once in an update expression;",
         "remove"},
        {"add #d :e set a = b add e :f", "The \"ADD\" section can only be used once in an update expression;", "add"},
        {"delete #d :e set a = b Delete #e :f", "The \"DELETE\" section can only be used once in an update expression;",
         "Delete"},
        {"SET a = :zz, b = #zz, a = c",
         "An expression attribute name used in the document path is not defined; attribute name: #zz", "#zz"},
        {"SET #a = if_not_exists(:zz), a = b",
         "An expression attribute value used in expression is not defined; attribute value: :zz", ":zz"},
        {"set d[1] = a, d.b = a, c[1].a = a, #c = if_not_exists(a)", overlap + "[c, [1], a], path two: [c]", "#c"},
        {"set #c[3].#d = a, #c[3] = a", overlap + "[c, [3], [3]], path two: [c, [3]]", "#c[3]"},
        {"set a = b remove c, a", overlap + "[a], path two: [a]", "a"},
        {"SET a = :n, a.b[0] = :n", overlap + "[a], path two: [a, b, [0]]", "a.b[0]"},
        {"set #c[3].#d = a, #c.#d[3] = if_not_exists(a)", conflict + "[c, [3], [3]], path two: [c, [3], [3]]",
         "#c.#d[3]"},
        {"remove a.#c set a[1] = #d", conflict + "[a, c], path two: [a, [1]]", "a[1]"},
        {"set b = list_append(:s, a), c = if_not_exists(a) add a.b :s",
         "Incorrect operand type for operator or function; operator: ADD, operand type: STRING", ":s"},
        {"set b = list_append(:s, a), c = if_not_exists(a)",
         "Incorrect operand type for operator or function; operator or function: list_append, operand type: S", ":s"},
    };
    for (const Row& row : rows) check(row);
}

TEST(UpdateErrors, AddAndDeleteConstants) {
    const struct {
        std::string_view value;
        std::string_view type;
        bool only_delete = false;
    } rows[] = {{":s", "STRING"}, {":null", "NULL"}, {":bool", "BOOLEAN"},  {":b", "BINARY"},
                {":m", "MAP"},    {":l", "LIST"},    {":n", "NUMBER", true}};
    const std::string start = "Incorrect operand type for operator or function; operator: ";
    for (const auto& row : rows) {
        const std::string value(row.value);
        check({"delete a.b " + value, start + "DELETE, operand type: " + std::string(row.type), row.value});
        check({"add a.b " + value, row.only_delete ? "" : start + "ADD, operand type: " + std::string(row.type),
               row.value});
    }
    for (const std::string value : {":ss", ":ns", ":bs"}) {
        check({"add a " + value, ""});
        check({"delete a[0] " + value, ""});
    }
}

TEST(UpdateErrors, FunctionsAndArithmetic) {
    const std::string count = "Incorrect number of operands for operator or function; operator or function: ";
    const std::string path = "Operator or function requires a document path; operator or function: if_not_exists";
    const std::string use = "The function is not allowed to be used this way in an expression; function: list_append";
    const Row rows[] = {
        {"set a = if_not_exists(c)", count + "if_not_exists, number of operands: 1", "if_not_exists"},
        {"set a = list_append(c)", count + "list_append, number of operands: 1", "list_append"},
        {"set a = list_append(c, d, e)", count + "list_append, number of operands: 3", "list_append"},
        {"set a = if_not_exists(:s, c)", path, ":s"},
        {"set a = if_not_exists(if_not_exists(a, b), c)", path, "if_not_exists"},
        {"set a = list_append(list_append(a, b), c)", use, "list_append"},
        {"set a = if_not_exists(a, list_append(b, c))", use, "list_append"},
        {"set a = list_append(if_not_exists(a, :l), :l)", ""},
        {"set a = if_not_exists(a, if_not_exists(b, :n)) + :n", ""},
        {"set a = list_append(b, if_not_exists(a, :s))", ""},
        {"set a = (b.c + (:n))", ""},
        {"set a = list_append(b, c) + :n",
         "Incorrect operand type for operator or function; operator or function: +, operand type: L", "list_append"},
    };
    for (const Row& row : rows) check(row);

    const std::string start = "Incorrect operand type for operator or function; operator or function: ";
    const std::pair<std::string_view, std::string_view> wrong[] = {{":s", "S"},       {":b", "B"},   {":bool", "BOOL"},
                                                                   {":null", "NULL"}, {":ss", "SS"}, {":ns", "NS"},
                                                                   {":bs", "BS"},     {":m", "M"}};
    for (const auto& [value, type] : wrong) {
        const std::string v(value);
        const std::string t(type);
        check({"set a = list_append(" + v + ", a)", start + "list_append, operand type: " + t, value});
        check({"set a = a + " + v, start + "+, operand type: " + t, value});
        check({"set a = " + v + " - a", start + "-, operand type: " + t, value});
    }
    check({"set a = list_append(a, :n)", start + "list_append, operand type: N", ":n"});
    check({"set a = a + :l", start + "+, operand type: L", ":l"});
}

TEST(UpdateErrors, StaticTypesAndCreation) {
    const struct {
        std::string_view text;
        std::string_view type;  ///< of the first action; "" unknown
        bool creates;
    } rows[] = {
        {"set a = :s", "S", true},
        {"set a = b", "", true},
        {"set a = b + :n", "N", true},
        {"set a = if_not_exists(a, :bool)", "BOOL", true},
        {"set a = list_append(a, b)", "L", true},
        {"add a :ns", "NS", true},
        {"delete a :ss", "SS", false},
        {"remove a", "", false},
        {"remove a delete b :ss", "", false},
        {"remove a add b :n", "", true},
    };
    for (const auto& row : rows) {
        notation::Request request("", kValues);
        const Result<Update> update = compile_update(row.text, request.placeholders);
        ASSERT_TRUE(update) << row.text;
        Type type = Type::S;
        const bool known = static_type(*update, update->actions[0], type);
        EXPECT_EQ(known ? type_name(type) : "", row.type) << row.text;
        EXPECT_EQ(creates_item(*update), row.creates) << row.text;
    }
    EXPECT_TRUE(creates_item(Update()));
}

}  // namespace
}  // namespace sortkey
