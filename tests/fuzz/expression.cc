// Any text as an expression of each kind: an answer of status 200 or 400 that is JSON, and of a condition that it and
// its negation never agree. The first character picks the kind: 0 update, 1 condition, 2 projection, 3 key condition,
// 4 filter.
#include "world.h"

namespace {

using sortkey::fuzz::call;
using sortkey::fuzz::check_answer;
using sortkey::fuzz::fail;
using sortkey::fuzz::quoted;

constexpr std::string_view kPlaceholders =
    R"(,"ExpressionAttributeNames":{"#a":"n","#b":"m"},"ExpressionAttributeValues":{":a":{"N":"1"},":b":{"S":"a"},)"
    R"(":c":{"SS":["x"]},":d":{"L":[]}})";
constexpr std::string_view kKey = R"({"TableName":"World","Key":{"pk":{"S":"a"},"sk":{"N":"2"}},)";

std::string send(sortkey::Engine& engine, std::string_view target, std::string body) {
    std::string answer = call(engine, target, body + "}");
    check_answer(answer);
    // Used or unused placeholders are errors of their own; try with and without.
    const std::string other = call(engine, target, body.append(kPlaceholders) + "}");
    check_answer(other);
    return sortkey::fuzz::succeeded(other) ? other : answer;
}

void check_update(sortkey::Engine& engine, std::string_view text, const std::string& before) {
    const std::string body = std::string(kKey) + R"("ReturnValues":"UPDATED_NEW","UpdateExpression":)" + quoted(text);
    for (const std::string_view placeholders : {std::string_view(), kPlaceholders}) {
        const std::string answer = call(engine, "DynamoDB_20120810.UpdateItem", body + std::string(placeholders) + "}");
        check_answer(answer);
        if (sortkey::fuzz::digest(engine) == before) continue;
        if (!sortkey::fuzz::succeeded(answer)) fail("a refused update changed something", text);
        engine.restore(sortkey::fuzz::furnished());
    }
}

void check_filter(sortkey::Engine& engine, std::string_view text) {
    const auto scan = [&](const std::string& filter) {
        return check_answer(send(engine, "DynamoDB_20120810.Scan",
                                 R"({"TableName":"World","Select":"COUNT","FilterExpression":)" + filter));
    };
    const auto is = scan(quoted(text));
    if (!is.contains("Count")) return;
    // One more operator, one more level and one more pair of brackets may be too many; otherwise each item is on one
    // side.
    const auto is_not = scan(sortkey::fuzz::quoted("NOT (" + std::string(text) + ")"));
    if (is_not.contains("Count") && is["Count"].get<int>() + is_not["Count"].get<int>() != is["ScannedCount"])
        fail("a filter and its negation do not add up", text);
}

}  // namespace

FUZZ_TARGET(expression) {
    if (input.empty()) return;
    // One engine serves every input that changes nothing.
    static sortkey::Engine engine;
    static const std::string before = (sortkey::fuzz::furnish(engine), sortkey::fuzz::digest(engine));
    const std::string_view text = input.substr(1);
    switch (static_cast<unsigned char>(input[0] - '0') % 5) {
        case 0:
            check_update(engine, text, before);
            break;
        case 1:
            send(engine, "DynamoDB_20120810.DeleteItem",
                 R"({"TableName":"World","Key":{"pk":{"S":"none"},"sk":{"N":"2"}},"ConditionExpression":)" +
                     quoted(text));
            break;
        case 2:
            send(engine, "DynamoDB_20120810.GetItem", std::string(kKey) + R"("ProjectionExpression":)" + quoted(text));
            break;
        case 3:
            send(engine, "DynamoDB_20120810.Query", R"({"TableName":"World","KeyConditionExpression":)" + quoted(text));
            break;
        default:
            check_filter(engine, text);
            break;
    }
}
