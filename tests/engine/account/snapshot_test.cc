// A snapshot in pieces: all of one moment, whatever is written meanwhile.
#include <gtest/gtest.h>

#include <string>
#include <type_traits>
#include <vector>

#include "catalog/account.h"
#include "workspace.h"

namespace sortkey {
namespace {

using namespace workspace;

// Copies would share the world and find each other's tables: there are none until they are right.
static_assert(!std::is_copy_constructible_v<Database> && !std::is_copy_assignable_v<Database>);
static_assert(!std::is_copy_constructible_v<Account> && !std::is_copy_assignable_v<Account>);
static_assert(!std::is_move_constructible_v<Account> && !std::is_move_assignable_v<Account>);

constexpr size_t kPiece = 300'000;

void fill(Engine& engine) {
    create_table(engine, R"(,"StreamSpecification":{"StreamEnabled":true,"StreamViewType":"NEW_AND_OLD_IMAGES"})");
    for (int i = 0; i < 300; ++i) put(engine, i, 5000);
}

TEST(Snapshot, PiecesTogetherAreTheWhole) {
    Engine engine;
    fill(engine);
    std::string joined;
    size_t pieces = 0;
    for (Engine::Drained piece = engine.drain_journal(Drain::Snapshot, kPiece);;
         piece = engine.drain_journal(Drain::RestOfSnapshot, kPiece)) {
        EXPECT_LE(piece.bytes.size(), kPiece + 300'000);
        joined += piece.bytes;
        ++pieces;
        if (!piece.more) break;
    }
    EXPECT_GT(pieces, 5U);
    EXPECT_EQ(joined, engine.drain_journal(true));
    EXPECT_EQ(engine.drain_journal(Drain::RestOfSnapshot, kPiece).bytes, "");
    Engine again;
    EXPECT_TRUE(restore(again, joined)["damage"].is_null());
    EXPECT_EQ(digest(again), digest(engine));
    EXPECT_EQ(again.drain_journal(true), joined);
}

TEST(Snapshot, WhatChangesBetweenPiecesBelongsToTheJournal) {
    Engine engine;
    fill(engine);
    const std::string old_journal(engine.drain_journal(true));
    const std::string before = digest(engine);
    std::string snapshot;
    std::string journal;
    int step = 0;
    for (Engine::Drained piece = engine.drain_journal(Drain::Snapshot, kPiece);;
         piece = engine.drain_journal(Drain::RestOfSnapshot, kPiece)) {
        snapshot += piece.bytes;
        const bool more = piece.more;
        put(engine, 1000 + step, 2000);
        put(engine, step, 2000);
        remove(engine, 100 + step++);
        if (step == 5) {
            call(engine, "UpdateTable", R"({"TableName":"Music","DeletionProtectionEnabled":true})");
            call(
                engine, "TagResource",
                R"({"ResourceArn":"arn:aws:dynamodb:us-east-1:000000000000:table/Music","Tags":[{"Key":"k","Value":"v"}]})");
        }
        journal += engine.drain_journal(false);
        if (!more) break;
    }
    Engine then;
    EXPECT_TRUE(restore(then, snapshot)["damage"].is_null());
    EXPECT_EQ(digest(then), before);
    Engine now;
    EXPECT_TRUE(restore(now, snapshot + journal)["damage"].is_null());
    EXPECT_EQ(digest(now), digest(engine));
    EXPECT_EQ(everything(now), everything(engine));
    // Until the last piece is stored, the old bytes with the same journal hold everything too.
    Engine from_old;
    EXPECT_TRUE(restore(from_old, old_journal + journal)["damage"].is_null());
    EXPECT_EQ(digest(from_old), digest(engine));
}

TEST(Snapshot, ATableDroppedMeanwhileIsInItAndItsMemoryGoesWithIt) {
    Engine engine;
    fill(engine);
    const uint64_t full = memory(engine);
    const std::string before = digest(engine);
    std::string snapshot(engine.drain_journal(Drain::Snapshot, kPiece).bytes);
    call(engine, "DeleteTable", R"({"TableName":"Music"})");
    EXPECT_GT(memory(engine), full / 2) << "what is still to be written is held, and counted";
    for (bool more = true; more;) {
        const Engine::Drained piece = engine.drain_journal(Drain::RestOfSnapshot, kPiece);
        snapshot += piece.bytes;
        more = piece.more;
    }
    Engine again;
    restore(again, snapshot);
    EXPECT_EQ(digest(again), before);
}

TEST(Snapshot, BeginningAnotherGivesUpTheOneUnderWay) {
    Engine engine;
    fill(engine);
    engine.drain_journal(Drain::Snapshot, kPiece);
    put(engine, 7777);
    const std::string whole(engine.drain_journal(true));
    EXPECT_EQ(engine.drain_journal(Drain::RestOfSnapshot, kPiece).bytes, "");
    Engine again;
    restore(again, whole);
    EXPECT_EQ(digest(again), digest(engine));
    EXPECT_EQ(engine.drain_journal(false), "");
}

// Only tables that a call found can have changed.
TEST(Snapshot, AnIdleDrainGivesNothingHoweverManyTables) {
    Engine engine;
    call(engine, "Sortkey_20261120.Configure", R"({"TableDelayMillis":0})");
    for (int i = 0; i < 300; ++i)
        call(engine, "CreateTable",
             R"({"TableName":"T)" + std::to_string(1000 + i) +
                 R"(","BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":
             [{"AttributeName":"p","AttributeType":"S"}],"KeySchema":[{"AttributeName":"p","KeyType":"HASH"}]})");
    std::string stored(engine.drain_journal(false));
    EXPECT_EQ(engine.drain_journal(false), "");
    call(engine, "Scan", R"({"TableName":"T1017"})");
    call(engine, "TagResource",
         R"({"ResourceArn":"arn:aws:dynamodb:us-east-1:000000000000:table/T1200","Tags":[{"Key":"k","Value":"v"}]})");
    stored += engine.drain_journal(false);
    EXPECT_EQ(engine.drain_journal(false), "");
    Engine again;
    EXPECT_TRUE(restore(again, stored)["damage"].is_null());
    EXPECT_EQ(digest(again), digest(engine));
    for (Engine* each : {&engine, &again})
        EXPECT_EQ(call(*each, "Sortkey_20261120.DescribeCapacity", "{}").body["Tables"][17]["ConsumedReadUnits"], 0.5);
}

}  // namespace
}  // namespace sortkey
