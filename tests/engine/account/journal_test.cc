// The journal: what is drained restores the same state; a newer format changes nothing.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "account/frames.h"
#include "sortkey/engine.h"

namespace sortkey {
namespace {

constexpr const char* kCreate =
    R"(DynamoDB_20120810.CreateTable
{"TableName":"Music","BillingMode":"PAY_PER_REQUEST",
 "AttributeDefinitions":[{"AttributeName":"Artist","AttributeType":"S"},{"AttributeName":"Year","AttributeType":"N"}],
 "KeySchema":[{"AttributeName":"Artist","KeyType":"HASH"}],
 "GlobalSecondaryIndexes":[{"IndexName":"byYear","KeySchema":[{"AttributeName":"Year","KeyType":"HASH"}],
                            "Projection":{"ProjectionType":"ALL"}}]})";

void put(Engine& engine, const std::string& artist, int year) {
    const std::string answer(
        engine.call("DynamoDB_20120810.PutItem\n{\"TableName\":\"Music\",\"Item\":{\"Artist\":{\"S\":\"" + artist +
                    "\"},\"Year\":{\"N\":\"" + std::to_string(year) + "\"}}}"));
    ASSERT_EQ(answer, "200\n{}");
}

std::string digest(Engine& engine) { return std::string(engine.call("Sortkey_20261120.StateDigest\n{}")); }
// But for the memory: trees are built and not grown when they are restored.
std::string world(Engine& engine) {
    std::string text(engine.call("Sortkey_20261120.DescribeWorld\n{}"));
    const size_t from = text.find("\"MemoryBytes\":");
    return text.erase(from, text.find(',', from) - from);
}

std::string years(Engine& engine) {
    return std::string(engine.call("DynamoDB_20120810.Scan\n{\"TableName\":\"Music\",\"IndexName\":\"byYear\"}"));
}

// A small history, drained after every call as the page does.
std::string history(Engine& engine) {
    std::string stored;
    const auto keep = [&] { stored += engine.drain_journal(false); };
    engine.call(kCreate);
    keep();
    engine.advance(static_cast<double>(engine.now_millis()) + 5000);
    keep();
    for (int i = 0; i < 50; ++i) {
        put(engine, "artist" + std::to_string(i % 40), 1980 + i);
        keep();
    }
    engine.call("DynamoDB_20120810.DeleteItem\n{\"TableName\":\"Music\",\"Key\":{\"Artist\":{\"S\":\"artist3\"}}}");
    keep();
    return stored;
}

TEST(Journal, AnUnusedEngineHasNothingToStore) {
    Engine engine;
    EXPECT_EQ(engine.drain_journal(false), "");
    engine.call("DynamoDB_20120810.ListTables\n{}");
    EXPECT_EQ(engine.drain_journal(false), "");
}

// The page may group calls, so what a Region's first drain finds is not only its newest change.
TEST(Journal, ADrainKeepsWhatARegionHeldBeforeItsFirst) {
    const std::string reset = "Sortkey_20261120.Reset\n{}";
    const std::string create =
        R"({"TableName":"Tab","BillingMode":"PAY_PER_REQUEST","KeySchema":[{"AttributeName":"p","KeyType":"HASH"}],
            "AttributeDefinitions":[{"AttributeName":"p","AttributeType":"S"}]})";
    for (const std::string region : {"us-east-1", "eu-west-1"}) {
        Engine engine;
        std::string stored(engine.drain_journal(true));
        engine.call("Sortkey_20261120.Configure\n{\"TableDelayMillis\":0}");
        if (region == "us-east-1") engine.call(reset);
        engine.call("DynamoDB_20120810.CreateTable region=" + region + "\n" + create);
        const std::string put = R"({"TableName":"Tab","Item":{"p":{"S":"a"}}})";
        ASSERT_EQ(engine.call("DynamoDB_20120810.PutItem region=" + region + "\n" + put), "200\n{}");
        stored += engine.drain_journal(false);
        Engine restored;
        restored.restore(stored);
        EXPECT_EQ(digest(restored), digest(engine)) << region;
    }
}

TEST(Journal, DrainedChangesRestoreTheSameState) {
    Engine engine;
    const std::string stored = history(engine);
    EXPECT_EQ(engine.drain_journal(false), "") << "everything was asked for already";
    Engine again;
    EXPECT_NE(std::string(again.restore(stored)).find("\"damage\":null"), std::string::npos);
    EXPECT_EQ(digest(again), digest(engine));
    EXPECT_EQ(world(again), world(engine));
    EXPECT_EQ(years(again), years(engine));
    // Both go on alike: ids, chance and clock were restored too.
    for (Engine* each : {&engine, &again}) {
        put(*each, "later", 2026);
        each->call(R"(DynamoDB_20120810.CreateTable
{"TableName":"Other","BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":[{"AttributeName":"k","AttributeType":"S"}],
 "KeySchema":[{"AttributeName":"k","KeyType":"HASH"}]})");
    }
    EXPECT_EQ(digest(again), digest(engine));
}

TEST(Journal, ASnapshotReplacesWhatCameBefore) {
    Engine engine;
    const std::string before = history(engine);
    const std::string snapshot(engine.drain_journal(true));
    put(engine, "after", 1999);
    const std::string after(engine.drain_journal(false));
    Engine again;
    again.restore(snapshot + after);
    EXPECT_EQ(digest(again), digest(engine));
    Engine from_all;
    from_all.restore(before + snapshot + after);
    EXPECT_EQ(digest(from_all), digest(engine));
}

TEST(Journal, ResetAndDroppedTablesAreRestoredAsGone) {
    Engine engine;
    std::string stored = history(engine);
    engine.call("Sortkey_20261120.Reset\n{}");
    stored += engine.drain_journal(false);
    Engine again;
    again.restore(stored);
    EXPECT_EQ(std::string(again.call("DynamoDB_20120810.ListTables\n{}")), "200\n{\"TableNames\":[]}");
}

TEST(Journal, ANewerFormatChangesNothing) {
    Engine engine;
    std::string stored = history(engine);
    size_t offset = 0;
    std::string_view payload;
    int version = 0;
    std::vector<size_t> frames{0};
    while (read_frame(stored, offset, payload, version) == FrameFault::None) frames.push_back(offset);
    frames.pop_back();
    for (const size_t at : frames) stored[at + 3] = static_cast<char>(kJournalFormat + 1);
    Engine other;
    other.call(kCreate);
    const std::string before = digest(other);
    const std::string report(other.restore(stored));
    EXPECT_NE(report.find("\"ok\":false"), std::string::npos);
    EXPECT_NE(report.find("newer format 2"), std::string::npos);
    EXPECT_EQ(digest(other), before);
}

TEST(Journal, SwitchedOffKeepsNothingAndStartsOverWhenSwitchedOn) {
    Engine engine;
    engine.call("Sortkey_20261120.Configure\n{\"Journal\":false}");
    history(engine);
    EXPECT_EQ(engine.drain_journal(false), "");
    engine.call("Sortkey_20261120.Configure\n{\"Journal\":true}");
    const std::string stored(engine.drain_journal(false));
    Engine again;
    again.restore(stored);
    EXPECT_EQ(digest(again), digest(engine));
}

}  // namespace
}  // namespace sortkey
