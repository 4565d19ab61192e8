// Streams and time to live through the journal: records stay readable, sweeps go on, damage is refused.
#include <gtest/gtest.h>

#include <string>

#include "sortkey/engine.h"

namespace sortkey {
namespace {

constexpr const char* kCreate =
    R"(DynamoDB_20120810.CreateTable
{"TableName":"Music","ProvisionedThroughput":{"ReadCapacityUnits":5,"WriteCapacityUnits":5},
 "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],
 "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],
 "StreamSpecification":{"StreamEnabled":true,"StreamViewType":"NEW_AND_OLD_IMAGES"}})";

constexpr const char* kArn = "arn:aws:dynamodb:us-east-1:000000000000:table/Music/stream/2026-06-01T00:00:00.000";

std::string ask(Engine& engine, const std::string& target, const std::string& body) {
    return std::string(engine.call(target + "\n" + body));
}

std::string put(Engine& engine, const std::string& key, int64_t ends) {
    return ask(engine, "DynamoDB_20120810.PutItem",
               "{\"TableName\":\"Music\",\"Item\":{\"pk\":{\"S\":\"" + key + "\"},\"ends\":{\"N\":\"" +
                   std::to_string(ends) + "\"}}}");
}

void pass(Engine& engine, int64_t millis) { engine.advance(static_cast<double>(engine.now_millis() + millis)); }

std::string member(const std::string& answer, const std::string& name) {
    const size_t at = answer.find("\"" + name + "\":\"");
    if (at == std::string::npos) return {};
    const size_t from = at + name.size() + 4;
    return answer.substr(from, answer.find('"', from) - from);
}

std::string stream(Engine& engine) {
    return ask(engine, "DynamoDBStreams_20120810.DescribeStream", std::string("{\"StreamArn\":\"") + kArn + "\"}");
}

std::string records(Engine& engine) {
    const std::string iterator =
        member(ask(engine, "DynamoDBStreams_20120810.GetShardIterator",
                   std::string("{\"StreamArn\":\"") + kArn + "\",\"ShardId\":\"" + member(stream(engine), "ShardId") +
                       "\",\"ShardIteratorType\":\"TRIM_HORIZON\"}"),
               "ShardIterator");
    return ask(engine, "DynamoDBStreams_20120810.GetRecords", "{\"ShardIterator\":\"" + iterator + "\"}");
}

// A table with a stream and time to live, drained after every call as the page does.
std::string history(Engine& engine) {
    std::string stored;
    const auto keep = [&] { stored += engine.drain_journal(false); };
    engine.call(kCreate);
    keep();
    pass(engine, 5000);
    keep();
    put(engine, "a", 1'780'272'100);
    keep();
    put(engine, "a", 1'780'272'200);
    put(engine, "b", 1'999'999'999);
    keep();
    ask(engine, "DynamoDB_20120810.UpdateTimeToLive",
        R"({"TableName":"Music","TimeToLiveSpecification":{"Enabled":true,"AttributeName":"ends"}})");
    keep();
    return stored;
}

TEST(StreamJournal, RecordsAreReadableAfterRestore) {
    Engine engine;
    const std::string stored = history(engine);
    EXPECT_EQ(engine.drain_journal(false), "") << "everything was asked for already";
    Engine other;
    const std::string report(other.restore(stored));
    EXPECT_NE(report.find("\"damage\":null"), std::string::npos) << report;
    EXPECT_EQ(other.drain_journal(false), "");
    EXPECT_EQ(stream(other), stream(engine));
    const std::string expected = records(engine);
    EXPECT_EQ(records(other), expected);
    EXPECT_NE(expected.find("\"MODIFY\""), std::string::npos) << expected;
}

TEST(StreamJournal, WholeStateAndLaterChangesRestoreTheSame) {
    Engine engine;
    history(engine);
    std::string stored(engine.drain_journal(true));
    put(engine, "c", 5);
    stored += engine.drain_journal(false);
    Engine other;
    other.restore(stored);
    EXPECT_EQ(records(other), records(engine));
    put(engine, "d", 6);
    put(other, "d", 6);
    EXPECT_EQ(records(other), records(engine)) << "numbering goes on where it was";
}

TEST(StreamJournal, SweepsGoOnAfterRestore) {
    Engine engine;
    const std::string stored = history(engine);
    Engine other;
    other.restore(stored);
    pass(engine, 3'600'000);
    pass(other, 3'600'000);
    EXPECT_EQ(records(other), records(engine));
    EXPECT_NE(records(other).find("dynamodb.amazonaws.com"), std::string::npos);
    EXPECT_EQ(ask(other, "DynamoDB_20120810.GetItem", R"({"TableName":"Music","Key":{"pk":{"S":"a"}}})"), "200\n{}");
}

TEST(StreamJournal, AStreamOutlivesItsTableAndIsForgottenInTime) {
    Engine engine;
    std::string stored = history(engine);
    ask(engine, "DynamoDB_20120810.DeleteTable", R"({"TableName":"Music"})");
    pass(engine, 5000);
    stored += engine.drain_journal(false);
    Engine other;
    other.restore(stored);
    EXPECT_NE(stream(other).find("\"DISABLED\""), std::string::npos) << stream(other);
    EXPECT_EQ(records(other), records(engine));
    pass(engine, 24 * 3'600'000);
    stored += engine.drain_journal(false);
    Engine later;
    later.restore(stored);
    EXPECT_NE(stream(later).find("ResourceNotFoundException"), std::string::npos) << stream(later);
}

TEST(StreamJournal, ATableDeletedAtOnceIsGoneAfterRestore) {
    Engine engine;
    ask(engine, "Sortkey_20261120.Configure", R"({"TableDelayMillis":0})");
    engine.call(kCreate);
    std::string stored(engine.drain_journal(false));
    ask(engine, "DynamoDB_20120810.DeleteTable", R"({"TableName":"Music"})");
    stored += engine.drain_journal(false);
    Engine other;
    other.restore(stored);
    EXPECT_EQ(ask(other, "DynamoDB_20120810.ListTables", "{}"), "200\n{\"TableNames\":[]}");
}

}  // namespace
}  // namespace sortkey
