// Any bytes as an expression of each kind: an answer of status 200 or 400. The first byte picks the kind.
#include "world.h"

namespace {

constexpr std::string_view kPlaceholders =
    R"(,"ExpressionAttributeNames":{"#a":"n","#b":"m"},"ExpressionAttributeValues":{":a":{"N":"1"},":b":{"S":"a"},)"
    R"(":c":{"SS":["x"]},":d":{"L":[]}}})";
constexpr std::string_view kKey = R"({"TableName":"Music","Key":{"pk":{"S":"a"},"sk":{"N":"2"}},)";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    if (size == 0) return 0;
    // Nothing fails half-way: one engine serves every input whose kind changes nothing or puts one item back.
    static sortkey::Engine engine;
    static const bool furnished = (sortkey::fuzz::furnish(engine), true);
    (void)furnished;
    const std::string text = sortkey::fuzz::quoted({reinterpret_cast<const char*>(data) + 1, size - 1});
    const auto send = [&](std::string_view target, std::string body) {
        // Used or unused placeholders are errors of their own; try with and without.
        sortkey::fuzz::check_answer(sortkey::fuzz::call(engine, target, body + "}"));
        sortkey::fuzz::check_answer(sortkey::fuzz::call(engine, target, body.append(kPlaceholders)));
    };
    switch (data[0] % 5) {
        case 0:
            send("DynamoDB_20120810.UpdateItem", std::string(kKey) + R"("UpdateExpression":)" + text);
            break;
        case 1:
            send("DynamoDB_20120810.DeleteItem", std::string(kKey) + R"("ConditionExpression":)" + text);
            break;
        case 2:
            send("DynamoDB_20120810.GetItem", std::string(kKey) + R"("ProjectionExpression":)" + text);
            break;
        case 3:
            send("DynamoDB_20120810.Query", R"({"TableName":"Music","KeyConditionExpression":)" + text);
            break;
        default:
            send("DynamoDB_20120810.Scan", R"({"TableName":"Music","FilterExpression":)" + text);
            break;
    }
    return 0;
}
