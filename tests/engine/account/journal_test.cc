// The journal: what is drained restores the same state; damage costs the tail only; a newer format changes nothing.
#include <gtest/gtest.h>

#include <string>

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
std::string world(Engine& engine) { return std::string(engine.call("Sortkey_20261120.DescribeWorld\n{}")); }

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

// Cut anywhere: whole frames before the cut are kept, the report says where the damage begins, nothing crashes.
TEST(Journal, ACutTailCostsTheTailOnly) {
    Engine engine;
    const std::string stored = history(engine);
    size_t restored_most = 0;
    for (size_t cut = 0; cut <= stored.size(); cut += 13) {
        Engine again;
        const std::string report(again.restore(std::string_view(stored).substr(0, cut)));
        EXPECT_NE(report.find("\"ok\":true"), std::string::npos) << report;
        const std::string state = world(again);
        const size_t items = static_cast<size_t>(std::stoi(state.substr(state.find("\"Items\":") + 8)));
        EXPECT_GE(items + 1, restored_most) << "more bytes never restore less, but for the one deletion";
        restored_most = items > restored_most ? items : restored_most;
    }
}

TEST(Journal, AFlippedByteIsReported) {
    Engine engine;
    const std::string stored = history(engine);
    for (size_t at = 0; at < stored.size(); at += 29) {
        std::string damaged = stored;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x40);
        Engine again;
        const std::string report(again.restore(damaged));
        EXPECT_EQ(report.find("\"damage\":null"), std::string::npos) << "byte " << at << ": " << report;
    }
}

TEST(Journal, ANewerFormatChangesNothing) {
    Engine engine;
    std::string stored = history(engine);
    stored[3] = static_cast<char>(kJournalFormat + 1);
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
