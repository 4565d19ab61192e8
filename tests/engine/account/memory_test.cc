// The ceiling of memory: what would pass it is refused before it changes anything; everything else goes on.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "catalog/memory_limit.h"
#include "storage/change_log.h"
#include "storage/ordered_map.h"
#include "support/held_memory.h"
#include "workspace.h"

namespace sortkey {
namespace {

using nlohmann::json;
using namespace workspace;

constexpr uint64_t kMegabyte = 1 << 20;

void limit(Engine& engine, int megabytes) {
    const Answer answer =
        call(engine, "Sortkey_20261120.Configure", R"({"MemoryLimitMegabytes":)" + std::to_string(megabytes) + "}");
    ASSERT_EQ(answer.status, 200) << answer.text;
}

bool is_full(const Answer& answer) {
    return answer.status == 500 && answer.body["__type"] == "com.amazonaws.dynamodb.v20120810#InternalServerError" &&
           answer.body["message"].get<std::string>().starts_with("This engine's memory is full (");
}

/// Puts items until one is refused; how many there are then.
int fill(Engine& engine, size_t bytes) {
    for (int i = 0;; ++i) {
        const Answer answer = put(engine, i, bytes);
        if (answer.status == 200) continue;
        EXPECT_TRUE(is_full(answer)) << answer.text;
        return i;
    }
}

TEST(HeldMemory, CountsWhatIsMadeAndForgetsWhatGoes) {
    uint64_t held = 0;
    const HeldMemory::Counting here(held);
    {
        OrderedMap map;
        const RecordPtr record = Record::make("key", std::string(1000, 'x'));
        const uint64_t of_record = HeldMemory::total();
        EXPECT_EQ(of_record, Record::held_by(1003));
        map.put(record);
        const uint64_t with_leaf = HeldMemory::total();
        EXPECT_GT(with_leaf, of_record);
        const OrderedMap snapshot = map;
        EXPECT_EQ(HeldMemory::total(), with_leaf) << "a snapshot costs nothing";
        for (int i = 0; i < 10'000; ++i) map.put(Record::make(std::to_string(i), "value"));
        EXPECT_GT(HeldMemory::total(), 10'000 * Record::held_by(6));
        for (int i = 0; i < 10'000; ++i) map.erase(std::to_string(i));
        EXPECT_LE(HeldMemory::total(), 2 * with_leaf);
        ChangeLog log;
        log.open_reader();
        for (int i = 0; i < 1000; ++i) log.append({.at_micros = i, .before = record, .after = {}});
        EXPECT_GE(HeldMemory::total(), with_leaf + 32'000);
        log.trim_before(500);
        ChangeLog copy = log;
    }
    EXPECT_EQ(HeldMemory::total(), 0U);
}

TEST(MemoryLimit, EachEngineCountsItsOwn) {
    Engine one;
    Engine two;
    create_table(one);
    put(one, 1, 100'000);
    EXPECT_LT(memory(two), 10'000U);
    EXPECT_GT(memory(one), 200'000U) << "the item and its entry in the index";
    Engine three;
    create_table(three);
    put(three, 1, 100'000);
    EXPECT_EQ(memory(one), memory(three));
    const uint64_t before = memory(three);
    restore(three, one.drain_journal(true));
    EXPECT_LE(memory(three), before);
}

TEST(MemoryLimit, ARefusedPutChangesNothingAndAllElseGoesOn) {
    Engine engine;
    create_table(engine);
    limit(engine, 8);
    const int count = fill(engine, 100'000);
    EXPECT_GT(count, 25);
    EXPECT_LT(count, 45);
    const json described = world(engine);
    EXPECT_EQ(described["MemoryLimitBytes"], 8 * kMegabyte);
    EXPECT_LE(described["MemoryBytes"], 8 * kMegabyte);
    EXPECT_GT(described["MemoryBytes"], 7 * kMegabyte);

    std::string stored(engine.drain_journal(true));
    const std::string before = digest(engine);
    const std::string meters = call(engine, "Sortkey_20261120.DescribeCapacity", "{}").text;
    const std::string item = put_request(9999, 150'000);
    const std::string inner = item.substr(item.find("\"Item\""));
    const std::string transact = R"({"ClientRequestToken":"t","TransactItems":[{"Put":)" + item + "}]}";
    const std::string text(150'000, 'x');
    const std::vector<std::pair<std::string, std::string>> writes = {
        {"PutItem", item},
        {"PutItem", put_request(1, 150'000)},
        {"UpdateItem", R"({"TableName":"Music","Key":{"Artist":{"S":"new"}},"UpdateExpression":"SET a = :a, #y = :y",
            "ExpressionAttributeNames":{"#y":"Year"},"ExpressionAttributeValues":{":y":{"N":"1"},":a":{"S":")" +
                           text + "\"}}}"},
        {"BatchWriteItem",
         R"({"RequestItems":{"Music":[{"DeleteRequest":{"Key":{"Artist":{"S":"1"}}}},{"PutRequest":{)" + inner +
             "}]}}"},
        {"TransactWriteItems", transact},
        {"ExecuteStatement",
         R"({"Statement":"INSERT INTO \"Music\" VALUE {'Artist':'new','Year':1,'a':?}","Parameters":[{"S":")" + text +
             "\"}]}"},
        {"ExecuteTransaction",
         R"({"TransactStatements":[{"Statement":"INSERT INTO \"Music\" VALUE {'Artist':'new','Year':1,'a':?}","Parameters":[{"S":")" +
             text + "\"}]}]}"},
        {"UpdateTable", R"({"TableName":"Music","AttributeDefinitions":[{"AttributeName":"text","AttributeType":"S"}],
            "GlobalSecondaryIndexUpdates":[{"Create":{"IndexName":"second","Projection":{"ProjectionType":"ALL"},
            "KeySchema":[{"AttributeName":"Year","KeyType":"HASH"}]}}]})"},
    };
    for (const auto& [operation, body] : writes) {
        const Answer answer = call(engine, operation, body);
        EXPECT_TRUE(is_full(answer)) << operation << ": " << answer.text.substr(0, 300);
    }
    const Answer batch = call(
        engine, "BatchExecuteStatement",
        R"({"Statements":[{"Statement":"INSERT INTO \"Music\" VALUE {'Artist':'new','Year':1,'a':?}","Parameters":[{"S":")" +
            text + "\"}]}]}");
    EXPECT_EQ(batch.status, 200);
    EXPECT_EQ(batch.body["Responses"][0]["Error"]["Code"], "InternalServerError") << batch.text.substr(0, 300);

    EXPECT_EQ(digest(engine), before);
    EXPECT_EQ(call(engine, "Sortkey_20261120.DescribeCapacity", "{}").text, meters) << "what was refused costs nothing";
    EXPECT_EQ(engine.drain_journal(false), "");
    EXPECT_EQ(call(engine, "Scan", R"({"TableName":"Music","Select":"COUNT"})").status, 200);
    // The token of the refused transaction is free.
    for (int i = 0; i < 6; ++i) EXPECT_EQ(remove(engine, i).status, 200);
    stored += engine.drain_journal(false);
    EXPECT_EQ(call(engine, "TransactWriteItems", transact).status, 200);
    stored += engine.drain_journal(false);
    Engine again;
    restore(again, stored);
    EXPECT_EQ(digest(again), digest(engine));
}

TEST(MemoryLimit, ADeletedTableMakesRoom) {
    Engine engine;
    create_table(engine);
    limit(engine, 4);
    fill(engine, 50'000);
    call(engine, "DeleteTable", R"({"TableName":"Music"})");
    // The log holds what the journal has not been given, the last request's items its explanation.
    engine.drain_journal(false);
    call(engine, "ListTables", "{}");
    EXPECT_LT(memory(engine), kMegabyte);
}

TEST(MemoryLimit, WhatStreamsKeepGoesWithTime) {
    Engine engine;
    create_table(engine, R"(,"StreamSpecification":{"StreamEnabled":true,"StreamViewType":"NEW_AND_OLD_IMAGES"})");
    limit(engine, 4);
    const int count = fill(engine, 50'000);
    for (int i = 0; i < count; ++i) EXPECT_EQ(remove(engine, i).status, 200);
    engine.drain_journal(false);
    EXPECT_GT(memory(engine), kMegabyte);
    engine.advance(static_cast<double>(engine.now_millis()) + 25 * 3600 * 1000.0);
    EXPECT_EQ(put(engine, 1).status, 200);
    engine.drain_journal(false);
    EXPECT_LT(memory(engine), kMegabyte);
}

TEST(MemoryLimit, ALimitBelowWhatIsHeldRefusesWritesAndLosesNothing) {
    Engine engine;
    create_table(engine);
    for (int i = 0; i < 50; ++i) put(engine, i, 50'000);
    const std::string before = digest(engine);
    limit(engine, 1);
    EXPECT_TRUE(is_full(put(engine, 1)));
    EXPECT_EQ(digest(engine), before);
    EXPECT_EQ(remove(engine, 0).status, 200);
    EXPECT_EQ(
        call(engine, "BatchWriteItem", R"({"RequestItems":{"Music":[{"DeleteRequest":{"Key":{"Artist":{"S":"1"}}}}]}})")
            .status,
        200);
    EXPECT_EQ(call(engine, "TransactWriteItems",
                   R"({"TransactItems":[{"Delete":{"TableName":"Music","Key":{"Artist":{"S":"2"}}}}]})")
                  .status,
              200);
    EXPECT_EQ(
        call(engine, "ExecuteStatement", R"({"Statement":"DELETE FROM \"Music\" WHERE \"Artist\" = '3'"})").status,
        200);
    // It is the host's limit, not the workspace's.
    Engine again;
    restore(again, engine.drain_journal(true));
    EXPECT_EQ(put(again, 1).status, 200);
    limit(again, 1);
    restore(again, engine.drain_journal(true));
    EXPECT_EQ(world(again)["MemoryLimitBytes"], kMegabyte);
    EXPECT_EQ(items(again), 46);
}

TEST(MemoryLimit, TablesTokensEventsAndRegionsAreCounted) {
    Engine engine;
    limit(engine, 1);
    int made = 0;
    for (; made < 10'000; ++made) {
        const Answer answer = call(engine, "CreateTable",
                                   R"({"TableName":"T)" + std::to_string(10'000 + made) +
                                       R"(","BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":
             [{"AttributeName":"p","AttributeType":"S"}],"KeySchema":[{"AttributeName":"p","KeyType":"HASH"}]})");
        if (answer.status != 200) {
            EXPECT_TRUE(is_full(answer)) << answer.text;
            break;
        }
    }
    EXPECT_GT(made, 200);
    EXPECT_LT(made, 1000);
    const std::string nowhere(engine.call("DynamoDB_20120810.ListTables region=mars-north-1\n{}"));
    EXPECT_TRUE(nowhere.starts_with("500\n")) << nowhere;
    EXPECT_EQ(call(engine, "ListTables", "{}").status, 200);
}

TEST(MemoryLimit, IsBetweenOneMegabyteAndWhatTheHeapCanBear) {
    Engine engine;
    for (const char* bad : {"0", "-1", "1537", "99999999"})
        EXPECT_EQ(
            call(engine, "Sortkey_20261120.Configure", R"({"MemoryLimitMegabytes":)" + std::string(bad) + "}").status,
            400)
            << bad;
    EXPECT_EQ(world(engine)["MemoryLimitBytes"], kMemoryLimitMax);
}

}  // namespace
}  // namespace sortkey
