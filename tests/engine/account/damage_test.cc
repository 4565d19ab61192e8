// Damaged bytes: what is sound behind the damage is read, and the report says in numbers what is missing.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "account/frames.h"
#include "sortkey/version.h"
#include "support/crc32.h"
#include "support/varint.h"
#include "workspace.h"

namespace sortkey {
namespace {

using nlohmann::json;
using namespace workspace;

constexpr int kPuts = 60;

// Drained after every call, as the page does: a piece for each.
std::vector<std::string> history(Engine& engine) {
    std::vector<std::string> pieces;
    create_table(engine);
    pieces.emplace_back(engine.drain_journal(false));
    for (int i = 0; i < kPuts; ++i) {
        put(engine, i);
        pieces.emplace_back(engine.drain_journal(false));
    }
    return pieces;
}

std::string joined(const std::vector<std::string>& pieces) {
    std::string all;
    for (const std::string& piece : pieces) all += piece;
    return all;
}

std::string frame(const std::string& payload) {
    std::string bytes = "SKJ";
    bytes.push_back(static_cast<char>(kJournalFormat));
    append_u32(bytes, static_cast<uint32_t>(payload.size()));
    append_u32(bytes, crc32(payload));
    return bytes + payload;
}

TEST(Damage, AFlippedBitCostsItsEntryOnly) {
    Engine engine;
    std::vector<std::string> pieces = history(engine);
    const size_t whole = joined(pieces).size();
    size_t before = 0;
    for (int i = 0; i < 30; ++i) before += pieces[static_cast<size_t>(i)].size();
    pieces[30][40] = static_cast<char>(pieces[30][40] ^ 1);
    Engine again;
    const json report = restore(again, joined(pieces));
    EXPECT_TRUE(report["ok"].get<bool>());
    EXPECT_EQ(items(again), kPuts - 1);
    EXPECT_EQ(report["bytes"], whole);
    EXPECT_EQ(report["bytesRead"], whole);
    EXPECT_EQ(report["bytesSkipped"], pieces[30].size());
    EXPECT_EQ(report["frames"], kPuts);
    EXPECT_EQ(report["framesSkipped"], 1);
    ASSERT_EQ(report["damages"].size(), 1U) << report;
    EXPECT_EQ(report["damage"], report["damages"][0]);
    EXPECT_EQ(report["damage"],
              (json{{"offset", before}, {"bytes", pieces[30].size()}, {"reason", "checksum mismatch"}}));
}

// Wherever it is: everything else is here, and the index agrees with its table.
TEST(Damage, AnyFlippedBitIsToldAndCostsOneEntry) {
    Engine engine;
    const std::string stored = joined(history(engine));
    const size_t definition = stored.find("SKJ", 1);
    for (size_t at = definition; at < stored.size(); at += 7) {
        std::string damaged = stored;
        damaged[at] = static_cast<char>(damaged[at] ^ (1 << at % 8));
        Engine again;
        const json report = restore(again, damaged);
        if (!report["ok"].get<bool>()) continue;  // the version of the last frame
        if (report["damage"].is_null()) {
            EXPECT_EQ(items(again), kPuts) << "byte " << at << ": a version of a frame that reads as an older one";
            continue;
        }
        EXPECT_EQ(items(again), kPuts - 1) << "byte " << at << ": " << report;
        const json scan = call(again, "Scan", R"({"TableName":"Music","IndexName":"byYear"})").body;
        EXPECT_EQ(scan["Count"], kPuts - 1) << "byte " << at;
    }
}

TEST(Damage, AFirstFrameThatIsGoneDoesNotPretendThatAllIsHere) {
    Engine engine;
    std::vector<std::string> pieces = history(engine);
    pieces[0][30] = static_cast<char>(pieces[0][30] ^ 4);
    Engine again;
    const json report = restore(again, joined(pieces));
    EXPECT_TRUE(report["ok"].get<bool>());
    EXPECT_EQ(report["framesSkipped"], 1);
    EXPECT_EQ(report["frames"], kPuts);
    // The definition was in it: an item and the table's meter in each entry have lost what they belong to.
    EXPECT_EQ(report["recordsSkipped"], 2 * kPuts);
    EXPECT_EQ(items(again), 0);
    EXPECT_EQ(report["damages"][0]["offset"], 0);
    EXPECT_EQ(report["damages"][1]["reason"], "2 records that cannot be applied");
}

TEST(Damage, ACutTailCostsTheTailOnly) {
    Engine engine;
    const std::vector<std::string> pieces = history(engine);
    const std::string stored = joined(pieces);
    size_t whole = 0;  // pieces before the cut
    size_t end = 0;
    for (size_t cut = 0; cut <= stored.size(); cut += 13) {
        while (whole < pieces.size() && end + pieces[whole].size() <= cut) end += pieces[whole++].size();
        Engine again;
        const json report = restore(again, std::string_view(stored).substr(0, cut));
        EXPECT_EQ(items(again), whole == 0 ? 0 : static_cast<int>(whole) - 1);
        if (cut == end) {
            EXPECT_TRUE(report["damage"].is_null());
        } else {
            EXPECT_EQ(report["damage"]["offset"], end);
            EXPECT_EQ(report["damage"]["bytes"], cut - end);
        }
    }
}

// Storage that loses an entry leaves sound frames on both sides.
TEST(Damage, AMissingEntryIsTold) {
    Engine engine;
    std::vector<std::string> pieces = history(engine);
    const std::string last = pieces.back();
    pieces[20].clear();
    Engine again;
    json report = restore(again, joined(pieces));
    EXPECT_EQ(items(again), kPuts - 1);
    EXPECT_EQ(report["framesSkipped"], 1);
    EXPECT_EQ(report["damage"]["reason"], "an entry of the journal is missing before this one");
    EXPECT_EQ(report["damage"]["bytes"], 0);
    pieces[21].clear();
    report = restore(again, joined(pieces));
    EXPECT_EQ(report["framesSkipped"], 2);
    EXPECT_EQ(report["damage"]["reason"], "2 entries of the journal are missing before this one");
}

TEST(Damage, NothingIsMissingAfterASnapshotOrAReopening) {
    Engine engine;
    std::string stored = joined(history(engine));
    put(engine, 100);
    const std::string snapshot(engine.drain_journal(true));  // with a put that no entry holds
    put(engine, 101);
    const std::string after(engine.drain_journal(false));
    Engine again;
    EXPECT_TRUE(restore(again, snapshot + after)["damage"].is_null());
    put(again, 102);
    Engine third;
    EXPECT_TRUE(restore(third, snapshot + after + std::string(again.drain_journal(false)))["damage"].is_null());
    // The old journal went on without what the snapshot took along.
    EXPECT_EQ(restore(third, stored + after)["damage"]["reason"], "an entry of the journal is missing before this one");
}

TEST(Damage, OneBadRecordLeavesTheOthersOfItsFrame) {
    Engine engine;
    create_table(engine);
    std::string payload = "R";
    const auto text = [&](std::string_view value) {
        append_varint(payload, value.size());
        payload += value;
    };
    text("us-east-1");
    payload += 'D';
    append_varint(payload, 99);  // no such table
    text("key");
    payload += 'M';
    append_varint(payload, 1);
    append_varint(payload, 8);
    append_varint(payload, 6);
    const std::string stored(engine.drain_journal(true));
    Engine again;
    const json report = restore(again, stored + frame(payload));
    EXPECT_EQ(report["recordsSkipped"], 1);
    EXPECT_EQ(report["damage"]["offset"], stored.size() + kFrameHeaderBytes + 11);
    EXPECT_EQ(report["damage"]["bytes"], 6);
    const json capacity = call(again, "Sortkey_20261120.DescribeCapacity", "{}").body;
    EXPECT_EQ(capacity["Tables"][0]["ConsumedWriteUnits"], 3);
}

// Where an unknown record ends is unknown, and so is all behind it.
TEST(Damage, AnUnknownRecordCostsTheRestOfItsFrame) {
    Engine engine;
    create_table(engine);
    const std::string stored(engine.drain_journal(true));
    Engine again;
    const json report = restore(again, stored + frame("?and more"));
    EXPECT_EQ(report["recordsSkipped"], 1);
    EXPECT_EQ(report["damage"]["bytes"], 9);
    EXPECT_EQ(digest(again), digest(engine));
}

TEST(Damage, WhatWaitsForALostEventIsSettled) {
    Engine engine;
    std::vector<std::string> pieces;
    call(engine, "CreateTable", R"({"TableName":"Slow","BillingMode":"PAY_PER_REQUEST",
        "AttributeDefinitions":[{"AttributeName":"p","AttributeType":"S"}],
        "KeySchema":[{"AttributeName":"p","KeyType":"HASH"}]})");
    std::string stored(engine.drain_journal(false));
    // The record of the world stands first; without it there is no event that makes the table ACTIVE.
    size_t offset = 0;
    std::string_view payload;
    int version = 0;
    ASSERT_EQ(read_frame(stored, offset, payload, version), FrameFault::None);
    std::string without(payload.substr(payload.find("R\tus-east-1")));
    Engine again;
    restore(again, "garbage" + frame(without));
    EXPECT_EQ(call(again, "DescribeTable", R"({"TableName":"Slow"})").body["Table"]["TableStatus"], "ACTIVE");
}

TEST(Damage, AVersionThatFlippedIsNoNewerFormat) {
    Engine engine;
    std::vector<std::string> pieces = history(engine);
    pieces[10][3] = 9;
    Engine again;
    const json report = restore(again, joined(pieces));
    EXPECT_TRUE(report["ok"].get<bool>());
    EXPECT_EQ(items(again), kPuts - 1);
    pieces.back()[3] = 9;
    EXPECT_FALSE(restore(again, joined(pieces))["ok"].get<bool>());
    EXPECT_EQ(items(again), kPuts - 1);
}

// Every "SKJ" might be a frame; looking for the sound one must not take the square of the bytes.
TEST(Damage, BytesThatLookLikeVeryManyFramesAreReadInTime) {
    std::string hostile;
    while (hostile.size() < 4'000'000) {
        hostile += "SKJ\x01";
        append_u32(hostile, 3'900'000 - static_cast<uint32_t>(hostile.size()) % 1'000'000);
        append_u32(hostile, 0);
    }
    Engine engine;
    const json report = restore(engine, hostile);
    EXPECT_TRUE(report["ok"].get<bool>());
    EXPECT_EQ(report["bytesSkipped"], hostile.size());
}

}  // namespace
}  // namespace sortkey
