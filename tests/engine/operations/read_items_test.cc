// What only looks changes nothing: ReadItems and DescribePartitions.
#include <gtest/gtest.h>

#include <string>

#include "json/document.h"
#include "json/stored.h"
#include "sortkey/engine.h"

namespace sortkey {
namespace {

class LookingOn : public testing::Test {
protected:
    void SetUp() override {
        service(
            "CreateTable",
            R"({"TableName":"Orders","BillingMode":"PAY_PER_REQUEST","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},)"
            R"({"AttributeName":"sk","KeyType":"RANGE"}],"AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},)"
            R"({"AttributeName":"sk","AttributeType":"N"},{"AttributeName":"state","AttributeType":"S"}],)"
            R"("GlobalSecondaryIndexes":[{"IndexName":"byState","KeySchema":[{"AttributeName":"state","KeyType":"HASH"}],)"
            R"("Projection":{"ProjectionType":"KEYS_ONLY"}}]})");
    }

    std::string service(const std::string& operation, const std::string& body) {
        return std::string(engine_.call("DynamoDB_20120810." + operation + "\n" + body));
    }
    std::string look(const std::string& operation, const std::string& body = "{}") {
        return std::string(engine_.call("Sortkey_20261120." + operation + "\n" + body));
    }
    void activate() { engine_.advance(static_cast<double>(engine_.now_millis() + 60'000)); }
    void put(int customer, int order, size_t note = 0) {
        ASSERT_EQ(service("PutItem", R"({"TableName":"Orders","Item":{"pk":{"S":"c)" + std::to_string(customer) +
                                         R"("},"sk":{"N":")" + std::to_string(order) +
                                         R"("},"state":{"S":"open"},"n":{"S":")" + std::string(note, 'x') + R"("}}})"),
                  "200\n{}");
    }
    /// Everything a look could leave a trace in.
    std::string everything() {
        return look("StateDigest") + look("DescribeWorld") + look("DescribeCapacity", R"({"Seconds":3600})") +
               look("ExplainRequest") + std::string(engine_.drain_journal(true));
    }
    json::Node parse(const std::string& answer) {
        EXPECT_EQ(answer.substr(0, 4), "200\n") << answer;
        text_ = answer.substr(4);
        EXPECT_TRUE(document_.parse(text_));
        return document_.root();
    }

    Engine engine_;
    json::Document document_;
    std::string text_;
};

TEST_F(LookingOn, LeavesNoTraceAnywhere) {
    activate();
    for (int i = 0; i < 40; ++i) put(i % 4, i);
    service("GetItem", R"({"TableName":"Orders","Key":{"pk":{"S":"c1"},"sk":{"N":"1"}}})");
    engine_.drain_journal(false);
    const std::string before = everything();
    look("ReadItems", R"({"TableName":"Orders"})");
    look("ReadItems", R"({"TableName":"Orders","IndexName":"byState","Limit":7})");
    look("ReadItems", R"({"TableName":"Nope"})");
    look("DescribePartitions", R"({"TableName":"Orders"})");
    EXPECT_EQ(engine_.drain_journal(false), "");
    EXPECT_EQ(everything(), before);
}

TEST_F(LookingOn, ItemsComeInPagesInStoredOrder) {
    activate();
    for (int i = 9; i >= 0; --i) put(1, i);
    EXPECT_EQ(
        look("ReadItems", R"({"TableName":"Orders","Limit":1})"),
        "200\n{\"Items\":[{\"n\":{\"S\":\"\"},\"pk\":{\"S\":\"c1\"},\"sk\":{\"N\":\"0\"},\"state\":{\"S\":\"open\"}}],"
        "\"LastEvaluatedKey\":{\"pk\":{\"S\":\"c1\"},\"sk\":{\"N\":\"0\"}}}");
    EXPECT_EQ(
        look("ReadItems", R"({"TableName":"Orders","Limit":5,"ExclusiveStartKey":{"pk":{"S":"c1"},"sk":{"N":"8"}}})"),
        "200\n{\"Items\":[{\"n\":{\"S\":\"\"},\"pk\":{\"S\":\"c1\"},\"sk\":{\"N\":\"9\"},\"state\":{\"S\":\"open\"}}]}")
        << "the last page names no key";
    EXPECT_EQ(parse(look("ReadItems", R"({"TableName":"Orders","Limit":10})")).find("Items").count(), 10u);
    EXPECT_FALSE(document_.root().find("LastEvaluatedKey")) << "a full page that is the last";
    EXPECT_EQ(look("ReadItems", R"({"TableName":"Orders","IndexName":"byState","Limit":1})"),
              "200\n{\"Items\":[{\"pk\":{\"S\":\"c1\"},\"sk\":{\"N\":\"0\"},\"state\":{\"S\":\"open\"}}],"
              "\"LastEvaluatedKey\":{\"pk\":{\"S\":\"c1\"},\"sk\":{\"N\":\"0\"},\"state\":{\"S\":\"open\"}}}");
    EXPECT_EQ(look("ReadItems", R"({"TableName":"Orders","IndexName":"byState","Limit":1,"ExclusiveStartKey":)"
                                R"({"pk":{"S":"c1"},"sk":{"N":"8"},"state":{"S":"open"}}})"),
              "200\n{\"Items\":[{\"pk\":{\"S\":\"c1\"},\"sk\":{\"N\":\"9\"},\"state\":{\"S\":\"open\"}}]}");
}

TEST_F(LookingOn, APageEndsAtOneMegabyte) {
    activate();
    for (int i = 0; i < 8; ++i) put(1, i, 200'000);
    EXPECT_EQ(parse(look("ReadItems", R"({"TableName":"Orders"})")).find("Items").count(), 6u);
}

TEST_F(LookingOn, ATableThatIsBeingMadeCanBeLookedAt) {
    EXPECT_EQ(look("ReadItems", R"({"TableName":"Orders"})"), "200\n{\"Items\":[]}");
}

TEST_F(LookingOn, RefusalsNameWhatIsWrong) {
    activate();
    const auto refused = [&](const std::string& body, const std::string& part) {
        const std::string answer = look("ReadItems", body);
        EXPECT_EQ(answer.substr(0, 3), "400") << body;
        EXPECT_NE(answer.find(part), std::string::npos) << answer;
    };
    refused(R"({"TableName":"Nope"})", "ResourceNotFoundException");
    refused(R"({"TableName":"Orders","IndexName":"byNothing"})", "does not have the specified index: byNothing");
    refused(R"({"TableName":"Orders","Limit":1001})", "less than or equal to 1000");
    refused(R"({"TableName":"Orders","ExclusiveStartKey":{"pk":{"S":"c1"}}})", "starting key is invalid");
    refused(R"({"TableName":"Orders","ExclusiveStartKey":{"pk":{"S":"c1"},"sk":{"S":"1"}}})",
            "does not match the schema");
}

/// Sizes as the service counts them: name and value of every attribute.
int64_t size_of(int customer, int order, size_t note) {
    const auto digits = [](int number) { return static_cast<int64_t>(std::to_string(number).size()); };
    const int64_t significant = order == 0 ? 0 : digits(order) - (order % 10 == 0 ? 1 : 0) - (order % 100 == 0 ? 1 : 0);
    const int64_t number = order == 0 ? 1 : (significant + 1) / 2 + 1;
    return 2 + 1 + digits(customer) + 2 + number + 5 + 4 + 1 + static_cast<int64_t>(note);
}

TEST_F(LookingOn, PartitionsCountWhatTheyHold) {
    activate();
    int64_t bytes = 0;
    for (int i = 0; i < 300; ++i) {
        put(i % 37, i, static_cast<size_t>(i % 50));
        if (i % 3 == 0) put(i % 37, i, 60);
        if (i % 5 == 0)
            service("DeleteItem", R"({"TableName":"Orders","Key":{"pk":{"S":"c)" + std::to_string(i % 37) +
                                      R"("},"sk":{"N":")" + std::to_string(i) + R"("}}})");
        if (i % 5 != 0) bytes += size_of(i % 37, i, i % 3 == 0 ? 60 : static_cast<size_t>(i % 50));
    }
    const std::string first = look("DescribePartitions", R"({"TableName":"Orders"})");
    const json::Node answer = parse(first);
    EXPECT_EQ(json::integer_in(answer, "Items"), 240);
    EXPECT_EQ(json::integer_in(answer, "Bytes"), bytes);
    EXPECT_EQ(json::integer_in(answer, "PartitionCount"), 4);
    int64_t items_sum = 0;
    int64_t bytes_sum = 0;
    for (const json::Node::Member partition : json::elements_in(answer, "Partitions")) {
        items_sum += json::integer_in(partition.value, "Items");
        bytes_sum += json::integer_in(partition.value, "Bytes");
    }
    EXPECT_EQ(items_sum, 240);
    EXPECT_EQ(bytes_sum, bytes);

    const std::string stored(engine_.drain_journal(true));
    Engine again;
    again.restore(stored);
    EXPECT_EQ(again.call("Sortkey_20261120.DescribePartitions\n{\"TableName\":\"Orders\"}"), first);
}

TEST_F(LookingOn, KeysAreSampled) {
    activate();
    for (int i = 0; i < 300; ++i) put(i, 1);
    const auto most = [&](const std::string& body) {
        size_t found = 0;
        for (const json::Node::Member partition :
             json::elements_in(parse(look("DescribePartitions", body)), "Partitions"))
            found = std::max(found, static_cast<size_t>(partition.value.find("Keys").count()));
        return found;
    };
    EXPECT_EQ(most(R"({"TableName":"Orders"})"), 50u);
    EXPECT_EQ(most(R"({"TableName":"Orders","KeysPerPartition":3})"), 3u);
    EXPECT_EQ(most(R"({"TableName":"Orders","KeysPerPartition":0})"), 0u);
}

TEST_F(LookingOn, AHugeTableIsListedInPart) {
    service(
        "CreateTable",
        R"({"TableName":"Huge","ProvisionedThroughput":{"ReadCapacityUnits":40000,"WriteCapacityUnits":900000000000},)"
        R"("KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],)"
        R"("AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}]})");
    const json::Node answer = parse(look("DescribePartitions", R"({"TableName":"Huge"})"));
    EXPECT_EQ(json::integer_in(answer, "PartitionCount"), 900'000'014);
    EXPECT_EQ(answer.find("Partitions").count(), 1000u);
}

}  // namespace
}  // namespace sortkey
