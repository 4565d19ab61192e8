// Limits on the size of a whole request or answer: too large for data files, so the requests are made here.
#include <gtest/gtest.h>

#include <string>

#include "sortkey/engine.h"

namespace sortkey {
namespace {

class RequestSize : public testing::Test {
protected:
    void SetUp() override {
        engine_.call("Sortkey_20261120.Configure\n{\"TableDelayMillis\":0}");
        // A thousand partitions, so that no answer meets the limit of one.
        call("CreateTable",
             R"({"TableName":"Big","ProvisionedThroughput":{"ReadCapacityUnits":1,"WriteCapacityUnits":1000000},)"
             R"("KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],)"
             R"("AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}]})");
    }

    std::string call(const std::string& operation, const std::string& body) {
        return std::string(engine_.call("DynamoDB_20120810." + operation + "\n" + body));
    }

    /// {"pk":{"S":"<two digits>"},"d":{"S":"xx…"}} of exactly `bytes`.
    static std::string item(int number, size_t bytes) {
        return "{\"pk\":{\"S\":\"" + digits(number) + "\"},\"d\":{\"S\":\"" + std::string(bytes - 5, 'x') + "\"}}";
    }
    static std::string key(int number) { return "{\"pk\":{\"S\":\"" + digits(number) + "\"}}"; }
    static std::string digits(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

    void put(int number, size_t bytes) {
        EXPECT_EQ(call("PutItem", "{\"TableName\":\"Big\",\"Item\":" + item(number, bytes) + "}"), "200\n{}");
    }

    Engine engine_;
};

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST_F(RequestSize, BatchGetItemAnswersSixteenMegabytes) {
    std::string keys;
    for (int i = 0; i < 42; ++i) {
        put(i, 409'600);
        keys += (i > 0 ? "," : "") + key(i);
    }
    // 40 items of 400 KB are 16,384,000 B; the 41st would pass 16 MB (16,777,216 B).
    const std::string answer = call(
        "BatchGetItem", "{\"ReturnConsumedCapacity\":\"TOTAL\",\"RequestItems\":{\"Big\":{\"Keys\":[" + keys +
                            "],\"ConsistentRead\":true,\"ProjectionExpression\":\"#p\",\"ExpressionAttributeNames\":"
                            "{\"#p\":\"pk\"}}}}");
    EXPECT_TRUE(contains(answer, key(39) + "]},\"UnprocessedKeys\"")) << answer;
    EXPECT_TRUE(contains(answer, "\"UnprocessedKeys\":{\"Big\":{\"Keys\":[" + key(40) + "," + key(41) +
                                     "],\"ConsistentRead\":true,\"ProjectionExpression\":\"#p\","
                                     "\"ExpressionAttributeNames\":{\"#p\":\"pk\"}}}"))
        << answer;
    EXPECT_TRUE(contains(answer, "\"CapacityUnits\":4000}")) << "unprocessed keys cost nothing";

    const std::string old_style =
        call("BatchGetItem", "{\"RequestItems\":{\"Big\":{\"Keys\":[" + keys + "],\"AttributesToGet\":[\"pk\"]}}}");
    EXPECT_TRUE(contains(old_style, key(41) + "],\"AttributesToGet\":[\"pk\"]}}"));
}

TEST_F(RequestSize, NamesOfLegacyParametersAreLimited) {
    const auto refused = [&](const std::string& operation, const std::string& before, const std::string& after) {
        const std::string request = "{\"TableName\":\"Big\"," + before + "{\"";
        const std::string answer = call(operation, request + std::string(65'536, 'n') + "\":" + after + "}}");
        EXPECT_TRUE(contains(answer, "Attribute name is too large, must be less than 65536 bytes")) << answer;
        EXPECT_FALSE(contains(call(operation, request + std::string(65'535, 'n') + "\":" + after + "}}"), "too large"));
    };
    refused("UpdateItem", "\"Key\":" + key(1) + ",\"AttributeUpdates\":", R"({"Value":{"N":"1"}})");
    refused("PutItem", "\"Item\":" + key(1) + ",\"Expected\":", R"({"Exists":false})");
    refused("DeleteItem", "\"Key\":" + key(1) + ",\"Expected\":", R"({"Value":{"N":"1"}})");
    refused("Query", "\"KeyConditions\":", R"({"ComparisonOperator":"EQ","AttributeValueList":[{"S":"x"}]})");
    refused("Scan", "\"ScanFilter\":", R"({"ComparisonOperator":"NULL"})");
}

TEST_F(RequestSize, BatchWriteItemRefusesOneLargeItem) {
    const auto batch = [&](size_t bytes) {
        return call("BatchWriteItem",
                    "{\"RequestItems\":{\"Big\":[{\"PutRequest\":{\"Item\":" + item(1, bytes) + "}}]}}");
    };
    EXPECT_TRUE(contains(batch(409'601), "Item size has exceeded the maximum allowed size"));
    EXPECT_EQ(batch(409'600), "200\n{\"UnprocessedItems\":{}}");
}

TEST_F(RequestSize, TransactionsHoldFourMegabytes) {
    const auto transact = [&](int actions, size_t bytes) {
        std::string items;
        for (int i = 0; i < actions; ++i)
            items += (i > 0 ? "," : "") + ("{\"Put\":{\"TableName\":\"Big\",\"Item\":" + item(i, bytes) + "}}");
        return call("TransactWriteItems", "{\"TransactItems\":[" + items + "]}");
    };
    EXPECT_TRUE(contains(transact(1, 409'601), "\"Item size has exceeded the maximum allowed size\""));
    EXPECT_EQ(transact(16, 262'144), "200\n{}");
    EXPECT_TRUE(contains(transact(17, 262'144), "ValidationException"));

    put(16, 262'144);
    std::string gets;
    for (int i = 0; i < 16; ++i)
        gets += (i > 0 ? "," : "") +
                ("{\"Get\":{\"TableName\":\"Big\",\"ProjectionExpression\":\"pk\",\"Key\":" + key(i) + "}}");
    EXPECT_TRUE(contains(call("TransactGetItems", "{\"TransactItems\":[" + gets + "]}"), "200\n"));
    gets += ",{\"Get\":{\"TableName\":\"Big\",\"Key\":" + key(16) + "}}";
    EXPECT_TRUE(contains(call("TransactGetItems", "{\"TransactItems\":[" + gets + "]}"), "ValidationException"));
}

TEST_F(RequestSize, AnUpdateMayNotGrowAnItemTooFar) {
    put(1, 250'000);
    const std::string answer =
        call("TransactWriteItems",
             "{\"TransactItems\":[{\"Update\":{\"TableName\":\"Big\",\"Key\":" + key(1) +
                 ",\"UpdateExpression\":\"SET e = :e\",\"ExpressionAttributeValues\":{\":e\":{\"S\":\"" +
                 std::string(200'000, 'y') + "\"}}}}]}");
    EXPECT_TRUE(contains(answer,
                         "\"Code\":\"ValidationError\",\"Message\":\"Item size to update has exceeded the maximum "
                         "allowed size\""))
        << answer;
}

}  // namespace
}  // namespace sortkey
