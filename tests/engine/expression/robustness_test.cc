// Random texts against random items: nothing crashes (the sanitizers watch), errors always carry a text, a position
// inside the expression and no half-done work, and what updates and projections write is canonical. The seed is in the
// output.
#include <gtest/gtest.h>

#include <random>

#include "request.h"

namespace sortkey {
namespace {

constexpr std::string_view kPieces[] = {"a",
                                        "b",
                                        "l",
                                        "m",
                                        "#a",
                                        "#b",
                                        ":n",
                                        ":s",
                                        ":l",
                                        ":ns",
                                        "l[0]",
                                        "l[1]",
                                        "l[2]",
                                        "m.a",
                                        "m.b",
                                        "#b.a",
                                        "m.l[1]",
                                        "l[0].a",
                                        "(",
                                        ")",
                                        ",",
                                        "=",
                                        "<>",
                                        "<",
                                        ">=",
                                        "AND",
                                        "OR",
                                        "NOT",
                                        "BETWEEN",
                                        "IN",
                                        "size(",
                                        "contains(",
                                        "begins_with(",
                                        "attribute_exists(",
                                        "attribute_type(",
                                        "if_not_exists(",
                                        "list_append(",
                                        "SET",
                                        "REMOVE",
                                        "ADD",
                                        "DELETE",
                                        "+",
                                        "-",
                                        "[",
                                        "]",
                                        ".",
                                        "7",
                                        "#zz",
                                        ":zz",
                                        "name",
                                        "f(",
                                        "!",
                                        "\xc3\xbc",
                                        "_"};

constexpr std::string_view kItems[] = {
    "",
    "{a:1, b:{a:2}, l:['x', {a:1}, 3], m:{a:1, b:'z', l:[1, 2, 3]}}",
    "{a:'x', b:<1, 2>, l:{}, m:[]}",
    "{l:[[1], [2], [3]], m:{a:<'x'>, b:[1], l:[]}}",
};

class Random {
public:
    explicit Random(uint32_t seed) : engine_(seed) {}
    size_t below(size_t bound) { return engine_() % bound; }

    /// Anything at all; half of the time with the skeleton of the kind, so that many texts get past the parser.
    std::string text(Kind kind) {
        std::string text;
        if (below(2) == 0) return soup();
        switch (kind) {
            case Kind::Update: {
                static constexpr std::string_view kSections[] = {"SET ", "REMOVE ", "ADD ", "DELETE "};
                for (size_t section = below(4); section < 4; section += 1 + below(3)) {
                    text += std::string(kSections[section]) + path();
                    if (section == 0) text += " = " + operand() + (below(2) ? " + " + operand() : "");
                    if (section >= 2) text += below(2) ? " :n " : " :ns ";
                    text += " ";
                }
                return text;
            }
            case Kind::Projection:
                text = path();
                while (below(3) > 0) text += ", " + path();
                return text;
            default:
                text = operand() + " " + std::string(kPieces[21 + below(4)]) + " " + operand();
                while (below(3) > 0) text += (below(2) ? " AND NOT " : " OR ") + operand() + " IN (" + operand() + ")";
                return text;
        }
    }

private:
    std::string soup() {
        std::string text;
        for (size_t i = 0, count = 1 + below(12); i < count; ++i)
            text += std::string(kPieces[below(std::size(kPieces))]) + " ";
        return text;
    }
    std::string path() { return std::string(kPieces[below(6)]) + (below(3) ? "" : ".a") + (below(4) ? "" : "[1]"); }
    std::string operand() {
        switch (below(6)) {
            case 0:
                return "size(" + path() + ")";
            case 1:
                return "if_not_exists(" + path() + ", :n)";
            case 2:
                return "list_append(" + path() + ", :l)";
            case 3:
                return path();
            default:
                return std::string(kPieces[6 + below(12)]);
        }
    }

    std::mt19937 engine_;
};

void check_error(const Error& error, std::string_view text, Kind kind) {
    EXPECT_EQ(error.code, ErrorCode::Validation);
    EXPECT_FALSE(error.message.empty());
    EXPECT_EQ(error.position.parameter, parameter_name(kind));
    EXPECT_LE(error.position.offset + error.position.length, text.size()) << text;
}

TEST(Robustness, RandomExpressions) {
    constexpr uint32_t kSeed = 20261120;
    SCOPED_TRACE("seed " + std::to_string(kSeed));
    Random random(kSeed);
    std::string items[std::size(kItems)];
    for (size_t i = 0; i < std::size(kItems); ++i) items[i] = notation::item(kItems[i]);
    int compiled = 0;
    for (int round = 0; round < 20000; ++round) {
        const Kind kind = static_cast<Kind>(random.below(5));
        const std::string text = random.text(kind);
        const ItemView item(items[random.below(std::size(items))]);
        notation::Request request("#a=a, #b=b.a", "{:n:1, :s:'x', :l:[1, 'x'], :ns:<1, 3>}");
        SCOPED_TRACE(text);
        if (kind == Kind::Update) {
            const Result<Update> update = compile_update(text, request.placeholders);
            if (!update) {
                check_error(update.error(), text, kind);
                continue;
            }
            ++compiled;
            const Result<std::string> after = apply_update(*update, item);
            if (!after) {
                check_error(after.error(), text, kind);
                continue;
            }
            ASSERT_EQ(encode_item(decode_item(ItemView(*after))), *after);
            std::string shown;
            updated_fragment(*update, ItemView(*after), shown);
            ASSERT_EQ(encode_item(decode_item(ItemView(shown))), shown);
        } else if (kind == Kind::Projection) {
            const Result<Projection> projection = compile_projection(text, request.placeholders);
            if (!projection) {
                check_error(projection.error(), text, kind);
                continue;
            }
            ++compiled;
            std::string shown;
            project(*projection, item, shown);
            ASSERT_EQ(encode_item(decode_item(ItemView(shown))), shown);
        } else {
            const Result<Condition> condition = compile_condition(kind, text, request.placeholders);
            if (!condition) {
                check_error(condition.error(), text, kind);
                continue;
            }
            ++compiled;
            evaluate(*condition, item);
            if (kind != Kind::KeyCondition) continue;
            const Result<KeyCondition> terms = extract_key_condition(*condition, Wording::newer);
            if (!terms) check_error(terms.error(), text, kind);
        }
    }
    EXPECT_GT(compiled, 2000) << "the generator no longer writes valid expressions";
}

}  // namespace
}  // namespace sortkey
