// PartiQL: text → statement. What statements do to tables is in tests/cases/partiql_*.json.
#include "expression/partiql/statement.h"

#include <gtest/gtest.h>

#include "expression/partiql/lexer.h"

namespace sortkey::partiql {
namespace {

constexpr std::string_view kNotWellFormed = "Statement wasn't well formed, can't be processed: ";

Result<Statement> parse(std::string_view text) { return compile(text, {}); }

std::string message(std::string_view text) {
    auto statement = parse(text);
    return statement ? std::string() : statement.error().message;
}

std::string where(std::string_view condition) {
    const std::string text = "SELECT * FROM t WHERE " + std::string(condition);
    auto statement = parse(text);
    if (!statement) return statement.error().message;
    return print(statement->where.tree, statement->where.tree.root);
}

std::string update(std::string_view changes) {
    const std::string text = "UPDATE t " + std::string(changes) + " WHERE pk = 'x'";
    auto statement = parse(text);
    if (!statement) return statement.error().message;
    static constexpr std::string_view kSections[] = {"SET", "REMOVE", "ADD", "DELETE"};
    std::string out;
    for (const UpdateAction& action : statement->update->actions) {
        out += kSections[static_cast<size_t>(action.section)];
        out += path_text(statement->update->path(action));
        if (action.operand != kNoNode) out += print(statement->update->tree, action.operand);
        out += ' ';
    }
    return out;
}

TEST(PartiqlLexer, CutsCommentsQuotesAndNumbers) {
    const std::string_view text = "a -- note\n \"b\"\"c\" 'd''e' .5 1.5e-3 <<>> <>";
    const std::vector<Token> tokens = tokenize(text);
    ASSERT_EQ(tokens.size(), 9u);
    EXPECT_EQ(tokens[1].kind, TokenKind::Quoted);
    EXPECT_EQ(unquote(text.substr(tokens[1].span.offset, tokens[1].span.length)), "b\"c");
    EXPECT_EQ(unquote(text.substr(tokens[2].span.offset, tokens[2].span.length)), "d'e");
    EXPECT_EQ(tokens[3].kind, TokenKind::Number);
    EXPECT_EQ(tokens[4].span.length, 6u);
    EXPECT_EQ(tokens[5].symbol, kOpenBag);
    EXPECT_EQ(tokens[6].symbol, kCloseBag);
    EXPECT_EQ(tokens[7].symbol, kNotEqual);
    EXPECT_EQ(tokens[8].kind, TokenKind::End);
}

TEST(PartiqlLexer, StopsAtWhatIsNoToken) {
    for (const std::string_view text : {"a # b", "'open", "\"open", "/* open", "1e2147483648", "1.5e-2147483647", "1e"})
        EXPECT_EQ(tokenize(text).back().kind, TokenKind::Bad) << text;
}

TEST(PartiqlLexer, PositionsCountLinesAndCharacters) {
    const std::string_view text = "é x\n  foo";
    EXPECT_EQ(position_text(text, {3, 1}), "1:3:1");
    EXPECT_EQ(position_text(text, {7, 3}), "2:3:3");
}

TEST(PartiqlParser, NamesTablesAndIndexes) {
    auto statement = parse("SELECT * FROM \"My.Table\".\"an index\" WHERE a = 1 ORDER BY a DESC, b;");
    ASSERT_TRUE(statement);
    EXPECT_EQ(statement->table, "My.Table");
    EXPECT_EQ(statement->index, "an index");
    EXPECT_TRUE(statement->whole_items);
    ASSERT_EQ(statement->order.size(), 2u);
    EXPECT_TRUE(statement->order[0].descending);
    EXPECT_FALSE(statement->order[1].descending);
}

TEST(PartiqlParser, ColumnsAreLabelledByTheirLastName) {
    auto statement = parse("SELECT b, a.c[1][0], a.\"x y\" FROM t");
    ASSERT_TRUE(statement);
    EXPECT_EQ(statement->columns.labels, (std::vector<std::string>{"b", "c[1][0]", "x y"}));
    EXPECT_EQ(path_text(statement->columns.tree.path(statement->columns.sorted[1])), "[a, c, [1], [0]]");
}

TEST(PartiqlWhere, BecomesTheTreeOfConditions) {
    EXPECT_EQ(where("a = 1 AND b <> 2 OR NOT c < 3"), "(OR (AND (= [a] value) (<> [b] value)) (NOT (< [c] value)))");
    EXPECT_EQ(where("NOT (a = 1 OR b = 2) AND c >= 3"), "(AND (NOT (OR (= [a] value) (= [b] value))) (>= [c] value))");
    EXPECT_EQ(where("a BETWEEN 1 AND 2 AND b IN [1, 2]"), "(AND (BETWEEN [a] value value) (IN [b] value value))");
    EXPECT_EQ(where("a IS MISSING AND b IS NOT MISSING"), "(AND (attribute_not_exists [a]) (attribute_exists [b]))");
    EXPECT_EQ(where("a IS NOT NULL"), "(NOT (attribute_type [a] value))");
    EXPECT_EQ(where("Begins_With(a.b[1], 'x') = false"), "(NOT (begins_with [a, b, [1]] value))");
    EXPECT_EQ(where("size(a) > 3"), "(> (size [a]) value)");
}

TEST(PartiqlWhere, KeysAreTakenFromConjunctions) {
    auto statement = parse("SELECT * FROM t WHERE (sk = 2 AND x = 1) AND 'a' = pk AND pk = 'b'");
    ASSERT_TRUE(statement);
    Tree& tree = statement->where.tree;
    std::vector<ValueView> values;
    take_equalities(tree, {"pk", "sk"}, values);
    ASSERT_TRUE(values[0] && values[1]);
    EXPECT_EQ(values[0].scalar(), "a");
    EXPECT_EQ(values[1].number().text(), "2");
    EXPECT_EQ(print(tree, tree.root), "(AND (= [x] value) (= [pk] value))");
}

TEST(PartiqlWhere, PartitionKeysAreFixedByEqualityInAndTheirUnions) {
    const auto count = [](std::string_view condition) -> int {
        const std::string text = "SELECT * FROM t WHERE " + std::string(condition);
        auto statement = parse(text);
        std::vector<ValueView> values;
        return statement && fixed_values(statement->where.tree, "pk", values) ? static_cast<int>(values.size()) : -1;
    };
    EXPECT_EQ(count("pk = 'a'"), 1);
    EXPECT_EQ(count("x = 1 AND pk IN ('a', 'b', 'a')"), 2);
    EXPECT_EQ(count("pk = 'a' OR pk = 'b' AND sk > 1"), 2);
    EXPECT_EQ(count("pk = 'a' OR x = 1"), -1);
    EXPECT_EQ(count("NOT pk = 'a'"), -1);
    EXPECT_EQ(count("pk > 'a'"), -1);
    EXPECT_EQ(count("pk.x = 'a'"), -1);
}

TEST(PartiqlUpdate, BecomesTheActionsOfUpdates) {
    EXPECT_EQ(update("SET a = b + 1, c.d = -1 REMOVE e[0]"), "SET[a](+ [b] value) SET[c, d]value REMOVE[e, [0]] ");
    EXPECT_EQ(update("SET a = list_append(a, [1])"), "SET[a](list_append [a] value) ");
    EXPECT_EQ(update("SET a = set_add(a, <<'x'>>) SET b = set_delete(b, <<1>>)"), "ADD[a]value DELETE[b]value ");
}

TEST(PartiqlErrors, PointIntoTheStatement) {
    auto statement = parse("SELECT * FROM t WHERE foo(a) = 1");
    ASSERT_FALSE(statement);
    EXPECT_EQ(statement.error().message, "Unrecognized function: foo at 1:23:3");
    EXPECT_EQ(statement.error().position.parameter, "Statement");
    EXPECT_EQ(statement.error().position.offset, 22u);
}

TEST(PartiqlErrors, SyntaxWinsOverRefusals) {
    EXPECT_EQ(message("SELECT foo(a) FROM t x WHERE"), std::string(kNotWellFormed) + "Unexpected term");
}

TEST(PartiqlErrors, DeepNestingIsRefusedNotFollowed) {
    const std::string open(100000, '(');
    EXPECT_TRUE(message("SELECT * FROM t WHERE " + open).starts_with(kNotWellFormed));
    EXPECT_TRUE(message("INSERT INTO t VALUE {'a': " + std::string(100000, '[')).starts_with(kNotWellFormed));
    std::string nots;
    for (int i = 0; i < 100000; ++i) nots += "NOT ";
    EXPECT_TRUE(message("SELECT * FROM t WHERE " + nots + "a = 1").starts_with(kNotWellFormed));
}

TEST(PartiqlErrors, EveryPrefixAndDamageIsAnAnswer) {
    const std::string text =
        "UPDATE \"t\" SET a.b[1] = list_append(c, [1, {'k': <<'x', 'y'>>}]) REMOVE d WHERE pk = 'x' AND (size(e) "
        "BETWEEN 1 AND 2 OR NOT f IN [1, ?]) RETURNING ALL NEW *";
    for (size_t length = 0; length < text.size(); ++length) {
        (void)message(text.substr(0, length));
        std::string damaged = text;
        for (const char c : {'(', '\'', ',', '<', ' '}) {
            damaged[length] = c;
            (void)message(damaged);
        }
    }
}

}  // namespace
}  // namespace sortkey::partiql
