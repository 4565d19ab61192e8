// What an update does to an item: rows "expression, values, before → after", with UPDATED_OLD and UPDATED_NEW beside
// them.
#include <gtest/gtest.h>

#include "request.h"

namespace sortkey {
namespace {

constexpr std::string_view kInvalidPath = "The document path provided in the update expression is invalid for update";
constexpr std::string_view kMissing = "The provided expression refers to an attribute that does not exist in the item";
constexpr std::string_view kWrongType = "An operand in the update expression has an incorrect data type";

/// The item afterwards, or the error's message.
std::string apply(std::string_view text, std::string_view values, std::string_view before) {
    notation::Request request("#1=1", values);
    const Result<Update> update = compile_update(text, request.placeholders);
    if (!update) return update.error().message;
    const std::string item = notation::item(before);
    const Result<std::string> after = apply_update(*update, ItemView(item));
    if (!after) return after.error().message;
    // The result must be canonical, or equality and indexes would go wrong later.
    EXPECT_EQ(encode_item(decode_item(ItemView(*after))), *after) << text;
    return notation::print_item(*after);
}

struct Row {
    std::string_view text;
    std::string_view values;
    std::string_view before;
    std::string_view after;
};

TEST(Update, Set) {
    const Row rows[] = {
        {"SET b = :v", "{:v:1}", "{a:0, c:0}", "{a:0, b:1, c:0}"},
        {"SET a = :v", "{:v:'new'}", "{a:0, c:0}", "{a:'new', c:0}"},
        {"SET z = :v, a = :v", "{:v:1}", "{pk:'k'}", "{a:1, pk:'k', z:1}"},
        {"SET a = b, b = a", "{}", "{a:1, b:2}", "{a:2, b:1}"},
        {"SET a = b, b = :v", "{:v:3}", "{a:1, b:2}", "{a:2, b:3}"},
        {"SET m.x.y = :v", "{:v:3}", "{m:{a:1, x:{y:1, z:2}}, n:1}", "{m:{a:1, x:{y:3, z:2}}, n:1}"},
        {"SET m.q = m.a, m.a = :v", "{:v:3}", "{m:{a:1}}", "{m:{a:3, q:1}}"},
        {"SET l[1] = :v", "{:v:3}", "{l:[0, 1, 2]}", "{l:[0, 3, 2]}"},
        {"SET l[5] = :a, l[3] = :b", "{:a:'a', :b:'b'}", "{l:['x']}", "{l:['x', 'b', 'a']}"},
        {"SET l[0] = :a", "{:a:1}", "{l:[]}", "{l:[1]}"},
        {"SET l[1].x = :a, l[0][0] = :a", "{:a:1}", "{l:[[0], {x:0}]}", "{l:[[1], {x:1}]}"},
        {"SET a = a + :one", "{:one:1}", "{a:5}", "{a:6}"},
        {"SET a = a - :one, b = :one - a", "{:one:1}", "{a:5}", "{a:4, b:-4}"},
        {"SET a = if_not_exists(a, :zero) + :one", "{:zero:0, :one:1}", "{}", "{a:1}"},
        {"SET a = if_not_exists(a, :zero) + :one", "{:zero:0, :one:1}", "{a:41}", "{a:42}"},
        {"SET a = if_not_exists(b, c)", "{}", "{c:1}", "{a:1, c:1}"},
        {"SET a = if_not_exists(b, c)", "{}", "{b:2}", "{a:2, b:2}"},
        {"SET l = list_append(l, :v)", "{:v:['y']}", "{l:['x']}", "{l:['x', 'y']}"},
        {"SET l = list_append(:v, l)", "{:v:['y']}", "{l:['x']}", "{l:['y', 'x']}"},
        {"SET l = list_append(if_not_exists(l, :e), :v)", "{:e:[], :v:['y']}", "{}", "{l:['y']}"},
        {"SET a = m.b[1], m.b[0] = a", "{}", "{a:1, m:{b:[2, 3]}}", "{a:3, m:{b:[1, 3]}}"},
    };
    for (const Row& row : rows) EXPECT_EQ(apply(row.text, row.values, row.before), row.after) << row.text;
}

TEST(Update, SetErrors) {
    const Row rows[] = {
        {"SET #1 = a + :one", "{:one:1}", "{}", kMissing},
        {"SET a = b", "{}", "{}", kMissing},
        {"SET a = b.c", "{}", "{b:1}", kMissing},
        {"SET a = if_not_exists(b, c)", "{}", "{}", kMissing},
        {"SET a = list_append(b, :l)", "{:l:[]}", "{}", kMissing},
        {"SET a = b + :one", "{:one:1}", "{b:'x'}", kWrongType},
        {"SET a = :one - b", "{:one:1}", "{b:<1>}", kWrongType},
        {"SET a = list_append(b, :l)", "{:l:[]}", "{b:1}", kWrongType},
        {"SET a = list_append(:l, if_not_exists(b, :s))", "{:l:[], :s:'x'}", "{}", kWrongType},
        {"SET a.b = :v", "{:v:1}", "{}", kInvalidPath},
        {"SET a.b = :v", "{:v:1}", "{a:1}", kInvalidPath},
        {"SET a[0] = :v", "{:v:1}", "{}", kInvalidPath},
        {"SET a[0] = :v", "{:v:1}", "{a:{}}", kInvalidPath},
        {"SET a.b = :v", "{:v:1}", "{a:[1]}", kInvalidPath},
        {"SET a.b.c = :v", "{:v:1}", "{a:{}}", kInvalidPath},
        {"SET a[1].c = :v", "{:v:1}", "{a:[{}]}", kInvalidPath},
        // Operands are looked at before paths.
        {"SET a.b = :v, z = y", "{:v:1}", "{}", kMissing},
        {"SET z.b = y", "{}", "{}", kMissing},
        {"ADD a :v SET b.c = :v", "{:v:1}", "{a:'x'}", kWrongType},
        {"SET a = a + :one", "{:one:9.9999999999999999999999999999999999999E125}",
         "{a:9.9999999999999999999999999999999999999E125}",
         "Number overflow. Attempting to store a number with magnitude larger than supported range"},
    };
    for (const Row& row : rows) EXPECT_EQ(apply(row.text, row.values, row.before), row.after) << row.text;
}

TEST(Update, Remove) {
    const Row rows[] = {
        {"REMOVE a", "{}", "{a:1, b:2}", "{b:2}"},
        {"REMOVE x", "{}", "{a:1}", "{a:1}"},
        {"REMOVE a, b", "{}", "{a:1, b:2}", "{}"},
        {"REMOVE m.a, m.x", "{}", "{m:{a:1}}", "{m:{}}"},
        {"REMOVE l[0], l[1]", "{}", "{l:['x', 'y', 'z']}", "{l:['z']}"},
        {"REMOVE l[2], l[0], l[9]", "{}", "{l:['x', 'y', 'z']}", "{l:['y']}"},
        {"REMOVE l[0] SET l[1] = :v, l[7] = :v", "{:v:1}", "{l:['x', 'y', 'z']}", "{l:[1, 'z', 1]}"},
        {"REMOVE l[0] SET l[1].a = :v", "{:v:1}", "{l:['x', {}]}", "{l:[{a:1}]}"},
        {"REMOVE a.b", "{}", "{}", kInvalidPath},
        {"REMOVE a.b", "{}", "{a:1}", kInvalidPath},
        {"REMOVE a[0]", "{}", "{a:{}}", kInvalidPath},
        {"REMOVE a.b.c", "{}", "{a:{}}", kInvalidPath},
    };
    for (const Row& row : rows) EXPECT_EQ(apply(row.text, row.values, row.before), row.after) << row.text;
}

TEST(Update, Add) {
    const Row rows[] = {
        {"ADD a :v", "{:v:1}", "{}", "{a:1}"},
        {"ADD a :v", "{:v:-7}", "{a:5}", "{a:-2}"},
        {"ADD m.a :v, l[0] :v, l[9] :v", "{:v:1}", "{l:[5], m:{}}", "{l:[6, 1], m:{a:1}}"},
        {"ADD a :v", "{:v:<'b', 'd'>}", "{}", "{a:<'b', 'd'>}"},
        {"ADD a :v", "{:v:<'b', 'd'>}", "{a:<'a', 'b', 'c'>}", "{a:<'a', 'b', 'c', 'd'>}"},
        {"ADD a :v", "{:v:<2.0, 10>}", "{a:<1, 2>}", "{a:<1, 2, 10>}"},
        {"ADD a :v", "{:v:<b'02'>}", "{a:<b'01'>}", "{a:<b'01', b'02'>}"},
        {"ADD a :v", "{:v:1}", "{a:'x'}", kWrongType},
        {"ADD a :v", "{:v:<1>}", "{a:<'1'>}", kWrongType},
        {"ADD a :v", "{:v:1}", "{a:<1>}", kWrongType},
        {"ADD a.b :v", "{:v:1}", "{}", kInvalidPath},
    };
    for (const Row& row : rows) EXPECT_EQ(apply(row.text, row.values, row.before), row.after) << row.text;
}

TEST(Update, Delete) {
    const Row rows[] = {
        {"DELETE a :v", "{:v:<'b', 'x'>}", "{a:<'a', 'b', 'c'>}", "{a:<'a', 'c'>}"},
        {"DELETE a :v", "{:v:<'a', 'b'>}", "{a:<'a', 'b'>, c:1}", "{c:1}"},
        {"DELETE a :v", "{:v:<'a'>}", "{c:1}", "{c:1}"},
        {"DELETE m.s :v, l[0] :v", "{:v:<1>}", "{l:[<1>, 'x'], m:{s:<1, 2>}}", "{l:['x'], m:{s:<2>}}"},
        {"DELETE a :v", "{:v:<1>}", "{a:<'1'>}", kWrongType},
        {"DELETE a :v", "{:v:<1>}", "{a:1}", kWrongType},
        {"DELETE a.b :v", "{:v:<1>}", "{}", kInvalidPath},
        {"DELETE a[1] :v", "{:v:<1>}", "{a:{}}", kInvalidPath},
    };
    for (const Row& row : rows) EXPECT_EQ(apply(row.text, row.values, row.before), row.after) << row.text;
}

TEST(Update, TouchesManyAttributes) {
    std::string text = "SET ";
    std::string expected = "{pk:'k'";
    for (int i = 100; i < 300; ++i) {
        text += (i == 100 ? "x" : ", x") + std::to_string(i) + "=:v";
        expected += ", x" + std::to_string(i) + ":1";
    }
    EXPECT_EQ(apply(text, "{:v:1}", "{pk:'k'}"), expected + "}");
}

TEST(Update, Fragments) {
    const struct {
        std::string_view text;
        std::string_view values;
        std::string_view before;
        std::string_view updated_old;
        std::string_view updated_new;
    } rows[] = {
        {"SET a = :v", "{:v:2}", "{a:1, b:1, pk:'k'}", "{a:1}", "{a:2}"},
        {"SET m.x = :v, a = :v", "{:v:2}", "{m:{w:0, x:1}, pk:'k'}", "{m:{x:1}}", "{a:2, m:{x:2}}"},
        {"REMOVE a", "{}", "{a:1, pk:'k'}", "{a:1}", "{}"},
        {"REMOVE l[1]", "{}", "{l:['x', 'y', 'z']}", "{l:['y']}", "{l:['z']}"},
        {"SET l[100] = :v", "{:v:2}", "{l:['x']}", "{}", "{}"},
        {"SET l[2] = :v, l[0] = :v", "{:v:2}", "{l:['x', 'y', 'z']}", "{l:['x', 'z']}", "{l:[2, 2]}"},
        {"DELETE s :v", "{:v:<1>}", "{s:<1>}", "{s:<1>}", "{}"},
    };
    for (const auto& row : rows) {
        notation::Request request("", row.values);
        const Result<Update> update = compile_update(row.text, request.placeholders);
        ASSERT_TRUE(update) << row.text;
        const std::string before = notation::item(row.before);
        const Result<std::string> after = apply_update(*update, ItemView(before));
        ASSERT_TRUE(after) << row.text;
        std::string shown;
        EXPECT_EQ(updated_fragment(*update, ItemView(before), shown), row.updated_old != "{}");
        EXPECT_EQ(notation::print_item(shown), row.updated_old) << row.text;
        shown.clear();
        EXPECT_EQ(updated_fragment(*update, ItemView(*after), shown), row.updated_new != "{}");
        EXPECT_EQ(notation::print_item(shown), row.updated_new) << row.text;
    }
}

TEST(Update, ErrorsPointAtTheTarget) {
    const std::string_view text = "SET good = :v, bad.child = :v";
    notation::Request request("", "{:v:1}");
    const Result<Update> update = compile_update(text, request.placeholders);
    ASSERT_TRUE(update);
    const Result<std::string> after = apply_update(*update, ItemView());
    ASSERT_FALSE(after);
    EXPECT_EQ(notation::underlined(after.error(), text), "bad.child");
}

TEST(Update, LegacyAttributeUpdates) {
    const std::string list = notation::value("['y']");
    const std::string number = notation::value("1");
    const std::string before = notation::item("{a:['x'], n:'no', z:1}");
    Update update;
    update.legacy = true;
    Tree& tree = update.tree;
    const auto act = [&](Section section, std::string_view name, const std::string* operand) {
        const NodeId path = tree.add_path({PathPart::of_name(name)});
        update.actions.push_back({section, path, operand ? tree.add_value(ValueView(*operand)) : kNoNode});
    };
    act(Section::Remove, "z", nullptr);
    act(Section::Add, "a", &list);
    prepare_update(update);
    EXPECT_EQ(notation::print_item(*apply_update(update, ItemView(before))), "{a:['x', 'y'], n:'no'}");
    act(Section::Add, "n", &number);
    prepare_update(update);
    EXPECT_EQ(apply_update(update, ItemView(before)).error().message, "Type mismatch for attribute to update");
}

}  // namespace
}  // namespace sortkey
