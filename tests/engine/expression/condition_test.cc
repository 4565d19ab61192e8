// What a condition means: one row per rule of the semantics, on stored items of every type.
#include <gtest/gtest.h>

#include "request.h"

namespace sortkey {
namespace {

constexpr std::string_view kItem =
    "{s:'hello', n:5, b:b'00ff', ok:true, nil:null, l:['x', 1, ['y']], m:{a:1, b:'z'}, ss:<'x', 'y'>, ns:<1, 2>, "
    "bs:<b'01'>, "
    "e0:'', u:'a\xc3\xbc\xf0\x9f\x98\x80', s2:'hello', n2:5.0, l2:['x', 1, ['y']], ss2:<'y', 'x'>, big:100}";

struct Row {
    std::string_view text;
    bool holds;
    std::string_view values = "{}";
};

void check(const Row& row, std::string_view item_text = kItem) {
    notation::Request request("#d=m.a", row.values);
    const Result<Condition> condition = compile_condition(Kind::Condition, row.text, request.placeholders);
    ASSERT_TRUE(condition) << row.text << ": " << condition.error().message;
    const std::string item = notation::item(item_text);
    EXPECT_EQ(evaluate(*condition, ItemView(item)), row.holds) << row.text << " " << row.values;
}

TEST(Condition, MissingOperands) {
    const Row rows[] = {
        {"x <> :v", true, "{:v:1}"},
        {"x <> y", true},
        {"x = y", false},
        {"x = :v", false, "{:v:1}"},
        {"NOT x = :v", true, "{:v:1}"},
        {"x < :v", false, "{:v:1}"},
        {"x BETWEEN :v AND :v", false, "{:v:1}"},
        {"n BETWEEN x AND :v", false, "{:v:9}"},
        {"x IN (:v, n)", false, "{:v:1}"},
        {"n IN (x, :v)", true, "{:v:5}"},
        {"attribute_exists(x)", false},
        {"attribute_not_exists(x)", true},
        {"attribute_exists(nil)", true},
        {"attribute_exists(m.a)", true},
        {"attribute_exists(m.c)", false},
        {"attribute_exists(#d)", false},
        {"attribute_exists(l[2][0])", true},
        {"attribute_exists(l[3])", false},
        {"attribute_exists(m[0])", false},
        {"attribute_exists(l.a)", false},
        {"attribute_exists(s.a)", false},
        {"attribute_type(x, :t)", false, "{:t:'S'}"},
        {"begins_with(x, :t)", false, "{:t:'S'}"},
        {"contains(x, :t)", false, "{:t:'S'}"},
        {"NOT contains(x, :t)", true, "{:t:'S'}"},
        {"size(x) >= :t", false, "{:t:0}"},
    };
    for (const Row& row : rows) check(row);
    // An absent item has no attributes.
    check({"attribute_not_exists(pk)", true}, "");
    check({"pk <> :v", true, "{:v:1}"}, "");
    check({"attribute_exists(pk) OR pk = :v", false, "{:v:1}"}, "");
}

TEST(Condition, EqualityIsDeep) {
    const Row rows[] = {
        {"s = s2 AND n = n2 AND l = l2 AND ss = ss2", true},
        {"n = :v", true, "{:v:5.00}"},
        {"n = :v", false, "{:v:'5'}"},
        {"n <> :v", true, "{:v:'5'}"},
        {"m = :v", true, "{:v:{b:'z', a:1.0}}"},
        {"m = :v", false, "{:v:{b:'z'}}"},
        {"l = :v", false, "{:v:[1, 'x', ['y']]}"},
        {"ns = :v", true, "{:v:<2.0, 1>}"},
        {"ss = :v", false, "{:v:<'x'>}"},
        {"nil = :v", true, "{:v:null}"},
        {"ok <> :v", true, "{:v:false}"},
        {":v = :v", true, "{:v:1}"},
    };
    for (const Row& row : rows) check(row);
}

TEST(Condition, OrderingNeedsOneOrderedType) {
    const Row rows[] = {
        {"n < :v", true, "{:v:10}"},
        {"n > :v", true, "{:v:-10}"},
        {"big > n", true},
        {"n <= :v AND n >= :v", true, "{:v:5}"},
        {"s < :v", true, "{:v:'help'}"},
        {"s < :v", false, "{:v:'Z'}"},
        {"b > :v", true, "{:v:b'00'}"},
        {"s < :v", false, "{:v:9}"},
        {"s >= :v", false, "{:v:9}"},
        {"l < :v", false, "{:v:9}"},
        {"ok < nil", false},
        {"n BETWEEN :lo AND :hi", true, "{:lo:5, :hi:5}"},
        {"n BETWEEN :lo AND :hi", false, "{:lo:6, :hi:7}"},
        {":lo BETWEEN n AND big", true, "{:lo:6}"},
        {"n BETWEEN s AND big", false},
        {"n BETWEEN n2 AND s", false},
        {"n IN (:a, :b, s)", true, "{:a:'5', :b:5}"},
        {"n IN (:a)", false, "{:a:6}"},
        {"n > :a AND (s = :b OR NOT ok = :c)", false, "{:a:1, :b:'no', :c:true}"},
        {"n > :a AND s = :b OR ok = :c", true, "{:a:9, :b:'no', :c:true}"},
    };
    for (const Row& row : rows) check(row);
}

TEST(Condition, Functions) {
    const Row rows[] = {
        {"attribute_type(s, :t)", true, "{:t:'S'}"},
        {"attribute_type(nil, :t)", true, "{:t:'NULL'}"},
        {"attribute_type(ns, :t)", true, "{:t:'NS'}"},
        {"attribute_type(ns, :t)", false, "{:t:'N'}"},
        {"begins_with(s, :t)", true, "{:t:'he'}"},
        {"begins_with(s, :t)", true, "{:t:''}"},
        {"begins_with(s, :t)", false, "{:t:'hello!'}"},
        {"begins_with(:t, s)", true, "{:t:'hello!'}"},
        {"begins_with(b, :t)", true, "{:t:b'00'}"},
        {"begins_with(b, :t)", false, "{:t:'x'}"},
        {"begins_with(n, :t)", false, "{:t:'5'}"},
        {"begins_with(n, n2)", false},
        {"contains(s, :t)", true, "{:t:'ell'}"},
        {"contains(s, :t)", true, "{:t:''}"},
        {"contains(b, :t)", true, "{:t:b'ff'}"},
        {"contains(s, :t)", false, "{:t:b'68'}"},
        {"contains(ss, :t)", true, "{:t:'x'}"},
        {"contains(ss, :t)", false, "{:t:''}"},
        {"contains(ss, :t)", false, "{:t:<'x'>}"},
        {"contains(ns, :t)", true, "{:t:1.0}"},
        {"contains(ns, :t)", false, "{:t:'1'}"},
        {"contains(bs, :t)", true, "{:t:b'01'}"},
        {"contains(l, :t)", true, "{:t:1}"},
        {"contains(l, :t)", true, "{:t:['y']}"},
        {"contains(l, :t)", false, "{:t:'y'}"},
        {"contains(m, :t)", false, "{:t:'a'}"},
        {"contains(n, :t)", false, "{:t:5}"},
        {"contains(:t, s)", true, "{:t:['hello']}"},
        {"size(s) = :n", true, "{:n:5}"},
        {"size(u) = :n", true, "{:n:4}"},
        {"size(e0) = :n", true, "{:n:0}"},
        {"size(b) = :n", true, "{:n:2}"},
        {"size(l) = :n AND size(m) = :m AND size(ss) = :m AND size(bs) = :b", true, "{:n:3, :m:2, :b:1}"},
        {"size(n) > :n", false, "{:n:0}"},
        {"size(ok) >= :n OR size(nil) >= :n", false, "{:n:0}"},
        {"size(l) < size(s)", true},
        {"size(s) BETWEEN size(m) AND size(s2)", true},
        {"size(m) IN (size(s), size(ss))", true},
        {"n = size(s)", true},
        {"contains(ns, size(m))", true},
    };
    for (const Row& row : rows) check(row);
}

TEST(Condition, CanBeBuiltByHand) {
    Condition condition;
    Tree& tree = condition.tree;
    const NodeId exists = tree.add(Op::AttributeExists, {tree.add_path({PathPart::of_name("n")})});
    const NodeId element = tree.add_path({PathPart::of_name("l"), PathPart::of_index(1)});
    const NodeId equal = tree.add(Op::Equal, {element, tree.add_value(notation::value("1"))});
    tree.root = tree.add(Op::And, {exists, tree.add(Op::Not, {equal})});
    EXPECT_EQ(print(tree, tree.root), "(AND (attribute_exists [n]) (NOT (= [l, [1]] value)))");
    const Condition moved = std::move(condition);
    EXPECT_FALSE(evaluate(moved, ItemView(notation::item("{n:1, l:[0, 1]}"))));
    EXPECT_TRUE(evaluate(moved, ItemView(notation::item("{n:1, l:[0, 2]}"))));
}

TEST(Condition, NamesItsPaths) {
    notation::Request request("#k=pk", "{:v:1}");
    const Result<Condition> condition =
        compile_condition(Kind::Filter, "#k = :v AND size(a.b[1]) > c", request.placeholders);
    ASSERT_TRUE(condition);
    std::string all;
    for_each_path(condition->tree,
                  [&](PathView path, const Node&) { all += std::string(path.head()) + (path.nested() ? "+ " : " "); });
    EXPECT_EQ(all, "pk a+ c ");
}

}  // namespace
}  // namespace sortkey
