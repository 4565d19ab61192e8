// Any lines as parts of keys: their encoded form keeps their order, ends by itself and is unique; numbers survive every
// round trip; and a Query finds them in that order, from every start key and by every operator. The first character of
// a line is the type: s, b, and everything else a number.
#include <algorithm>
#include <string>
#include <vector>

#include "model/key.h"
#include "model/number.h"
#include "support/base64.h"
#include "world.h"

namespace {

using nlohmann::json;
using sortkey::Number;
using sortkey::Type;
using sortkey::fuzz::fail;

struct Part {
    Type type;
    std::string scalar;  // as stored
    std::string text;    // as sent
};

// ---- decimal text compared without looking at the encoded form

std::string magnitude(std::string_view text) {
    constexpr size_t kBeforePoint = 130;
    const size_t point = std::min(text.find('.'), text.size());
    return std::string(kBeforePoint - point, '0') + std::string(text.substr(0, point)) +
           std::string(text.substr(std::min(point + 1, text.size())));
}

int compare_numbers(std::string_view a, std::string_view b) {
    const bool a_negative = a.starts_with('-');
    const bool b_negative = b.starts_with('-');
    if (a_negative != b_negative) return a_negative ? -1 : 1;
    if (a_negative) return compare_numbers(b.substr(1), a.substr(1));
    return magnitude(a).compare(magnitude(b));
}

int compare_parts(const Part& a, const Part& b) {
    if (a.type == Type::N)
        return compare_numbers(Number::from_bytes(a.scalar).text(), Number::from_bytes(b.scalar).text());
    return a.scalar.compare(b.scalar);
}

int sign(int value) { return value < 0 ? -1 : value > 0 ? 1 : 0; }

// ---- the encoded form

std::string encoded(const Part& part) {
    std::string out;
    sortkey::append_key_part(out, part.type, part.scalar);
    return out;
}

void check_number(const Number& number) {
    constexpr size_t kBytesMax = 22;
    const std::string bytes = number.bytes();
    const std::string text = number.text();
    if (bytes.empty() || bytes.size() > kBytesMax) fail("a number of wrong length", text);
    if (Number::from_bytes(bytes).text() != text) fail("a number does not come back from its bytes", text);
    auto again = Number::parse(text);
    if (!again || again->bytes() != bytes) fail("a number does not come back from its text", text);
    int64_t integer = 0;
    if (number.to_int64(integer) && Number::from_int(integer).bytes() != bytes)
        fail("an integer does not come back", text);
}

void check_sum(const Number& a, const Number& b) {
    auto sum = a.plus(b);
    auto reversed = b.plus(a);
    if (static_cast<bool>(sum) != static_cast<bool>(reversed))
        fail("a sum in one order only", a.text() + "," + b.text());
    if (!sum) return;
    check_number(*sum);
    if (sum->bytes() != reversed->bytes()) fail("sums differ by order", a.text() + "," + b.text());
    auto back = sum->minus(b);
    if (!back || back->bytes() != a.bytes()) fail("a sum minus a part is not the other", a.text() + "," + b.text());
}

void check_pair(const Part& a, const Part& b) {
    const std::string shown = a.text + " | " + b.text;
    const std::string a_key = encoded(a);
    const std::string b_key = encoded(b);
    if (sign(a_key.compare(b_key)) != sign(compare_parts(a, b))) fail("order is lost", shown);
    if (a_key != b_key && b_key.starts_with(a_key)) fail("an encoded part does not end by itself", shown);
    if (a.type == Type::N) return check_sum(Number::from_bytes(a.scalar), Number::from_bytes(b.scalar));
    std::string prefix;
    sortkey::append_key_prefix(prefix, a.scalar);
    const std::string end = sortkey::prefix_end(prefix);
    const bool inside = prefix <= b_key && (end.empty() || b_key < end);
    if (inside != b.scalar.starts_with(a.scalar)) fail("a prefix is not a range", shown);
}

// ---- the same through requests

class KeyTable {
public:
    explicit KeyTable(Type type) : type_(type) {
        const std::string name(sortkey::type_name(type));
        sortkey::fuzz::expect_ok(engine_, "Sortkey_20261120.Configure", R"({"TableDelayMillis":0})");
        sortkey::fuzz::expect_ok(engine_, "DynamoDB_20120810.CreateTable",
                                 R"({"TableName":"Keys","BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":[
            {"AttributeName":"p","AttributeType":"S"},{"AttributeName":"k","AttributeType":")" +
                                     name + R"("}],"KeySchema":[{"AttributeName":"p","KeyType":"HASH"},
            {"AttributeName":"k","KeyType":"RANGE"}]})");
    }

    /// Stores an item with that sort key; parts the service refuses as keys are left out.
    void put(const Part& part) {
        const std::string answer = sortkey::fuzz::call(engine_, "DynamoDB_20120810.PutItem",
                                                       R"({"TableName":"Keys","Item":)" + key_of(part) + "}");
        sortkey::fuzz::check_answer(answer);
        const bool there =
            std::any_of(parts_.begin(), parts_.end(), [&](const Part& p) { return p.scalar == part.scalar; });
        if (sortkey::fuzz::succeeded(answer) && !there) parts_.push_back(part);
    }

    void check() {
        std::sort(parts_.begin(), parts_.end(), [](const Part& a, const Part& b) { return compare_parts(a, b) < 0; });
        const auto all = [](const Part&) { return true; };
        expect("", true, "", all);
        expect("", false, "", all);
        for (const Part& part : parts_) {
            const std::string start = R"(,"ExclusiveStartKey":)" + key_of(part);
            expect("", true, start, [&](const Part& p) { return compare_parts(p, part) > 0; });
            expect("", false, start, [&](const Part& p) { return compare_parts(p, part) < 0; });
            const std::string value = R"(,":k":)" + value_of(part);
            expect("k < :k", true, value, [&](const Part& p) { return compare_parts(p, part) < 0; });
            expect("k <= :k", false, value, [&](const Part& p) { return compare_parts(p, part) <= 0; });
            expect("k > :k", false, value, [&](const Part& p) { return compare_parts(p, part) > 0; });
            expect("k >= :k", true, value, [&](const Part& p) { return compare_parts(p, part) >= 0; });
            expect("k = :k", true, value, [&](const Part& p) { return compare_parts(p, part) == 0; });
            if (type_ != Type::N)
                expect("begins_with(k, :k)", true, value,
                       [&](const Part& p) { return p.scalar.starts_with(part.scalar); });
        }
    }

private:
    static std::string value_of(const Part& part) {
        if (part.type == Type::N) return R"({"N":)" + sortkey::fuzz::quoted(part.text) + "}";
        if (part.type == Type::S) return R"({"S":)" + sortkey::fuzz::quoted(part.text) + "}";
        std::string base64;
        sortkey::append_base64(base64, part.scalar);
        return R"({"B":")" + base64 + "\"}";
    }

    static std::string key_of(const Part& part) { return R"({"p":{"S":"p"},"k":)" + value_of(part) + "}"; }

    static std::string number_text(const Part& part) { return Number::from_bytes(part.scalar).text(); }

    /// `more`: with a condition on k the value :k, otherwise members of the request.
    template <class Belongs>
    void expect(std::string_view condition, bool forward, const std::string& more, Belongs belongs) {
        std::string body = R"({"TableName":"Keys","KeyConditionExpression":"p = :p)";
        if (!condition.empty()) body += " AND " + std::string(condition);
        body += R"(","ExpressionAttributeValues":{":p":{"S":"p"})" + (condition.empty() ? "}" + more : more + "}");
        body += forward ? R"(,"ScanIndexForward":true})" : R"(,"ScanIndexForward":false})";
        const json answer = sortkey::fuzz::expect_ok(engine_, "DynamoDB_20120810.Query", body);
        std::vector<Part> wanted;
        std::copy_if(parts_.begin(), parts_.end(), std::back_inserter(wanted), belongs);
        if (!forward) std::reverse(wanted.begin(), wanted.end());
        if (answer["Items"].size() != wanted.size()) fail("a query of wrong length", body + answer.dump());
        for (size_t i = 0; i < wanted.size(); ++i) {
            const std::string value =
                type_ == Type::N ? R"({"N":")" + number_text(wanted[i]) + "\"}" : value_of(wanted[i]);
            if (answer["Items"][i]["k"] != json::parse(value)) fail("a query in wrong order", body + answer.dump());
        }
    }

    Type type_;
    sortkey::Engine engine_;
    std::vector<Part> parts_;  // stored, each once
};

std::vector<Part> read_parts(std::string_view input) {
    constexpr size_t kPartsMax = 10;
    std::vector<Part> parts;
    while (!input.empty() && parts.size() < kPartsMax) {
        const size_t end = std::min(input.find('\n'), input.size());
        const std::string_view line = input.substr(0, end);
        input.remove_prefix(std::min(end + 1, input.size()));
        if (line.empty()) continue;
        const std::string text(line.substr(1));
        if (line[0] == 's' || line[0] == 'b') {
            parts.push_back({line[0] == 's' ? Type::S : Type::B, text, text});
        } else if (auto number = Number::parse(text)) {
            check_number(*number);
            parts.push_back({Type::N, number->bytes(), text});
        }
    }
    return parts;
}

}  // namespace

FUZZ_TARGET(keys) {
    const std::vector<Part> parts = read_parts(input);
    for (const Type type : {Type::S, Type::N, Type::B}) {
        std::vector<Part> same;
        std::copy_if(parts.begin(), parts.end(), std::back_inserter(same),
                     [&](const Part& p) { return p.type == type; });
        if (same.empty()) continue;
        for (const Part& a : same)
            for (const Part& b : same) check_pair(a, b);
        KeyTable table(type);
        for (const Part& part : same) table.put(part);
        table.check();
    }
}
