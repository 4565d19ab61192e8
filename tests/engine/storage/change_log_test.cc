#include "storage/change_log.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace sortkey {
namespace {

Change change(std::int64_t at_micros = 0) {
    Change made;
    made.at_micros = at_micros;
    made.table = 7;
    made.cause = Cause::Transaction;
    made.after = Record::make("key", std::to_string(at_micros));
    return made;
}

std::vector<std::uint64_t> sequences(const std::vector<Change>& changes) {
    std::vector<std::uint64_t> numbers;
    for (const Change& one : changes) numbers.push_back(one.sequence);
    return numbers;
}

using Numbers = std::vector<std::uint64_t>;

TEST(ChangeLog, GivesReadersWhatIsAppendedFromTheirOpeningOn) {
    ChangeLog log;
    const ReaderId early = log.open_reader();
    EXPECT_EQ(log.append(change(5)), 1U);
    const ReaderId late = log.open_reader();
    EXPECT_EQ(log.append(change(6)), 2U);
    const std::vector<Change> read = log.read(early, 10);
    EXPECT_EQ(sequences(read), (Numbers{1, 2}));
    EXPECT_EQ(read[0].at_micros, 5);
    EXPECT_EQ(read[0].table, 7U);
    EXPECT_EQ(read[0].cause, Cause::Transaction);
    EXPECT_EQ(read[0].before, nullptr);
    EXPECT_EQ(read[0].after->value(), "5");
    EXPECT_EQ(sequences(log.read(late, 10)), (Numbers{2}));
    EXPECT_TRUE(log.read(early, 10).empty()) << "read once";
}

TEST(ChangeLog, ReadsAtMostWhatIsAskedFor) {
    ChangeLog log;
    const ReaderId reader = log.open_reader();
    for (int i = 0; i < 5; ++i) log.append(change());
    EXPECT_EQ(sequences(log.read(reader, 2)), (Numbers{1, 2}));
    EXPECT_EQ(log.pending(reader), 3U);
    EXPECT_TRUE(log.read(reader, 0).empty());
    EXPECT_EQ(sequences(log.read(reader, 100)), (Numbers{3, 4, 5}));
}

// The endpoint keeps no journal: millions of changes must leave no trace but the number.
TEST(ChangeLog, KeepsNothingWithoutReaders) {
    ChangeLog log;
    for (int i = 0; i < 1000; ++i) log.append(change());
    EXPECT_EQ(log.size(), 0U);
    EXPECT_EQ(log.next_sequence(), 1001U);
    const ReaderId reader = log.open_reader();
    log.append(change());
    EXPECT_EQ(sequences(log.read(reader, 10)), (Numbers{1001}));
}

TEST(ChangeLog, TrimsBehindTheSlowestReader) {
    ChangeLog log;
    const ReaderId slow = log.open_reader();
    const ReaderId fast = log.open_reader();
    for (int i = 0; i < 1000; ++i) log.append(change());
    log.read(fast, 1000);
    EXPECT_EQ(log.size(), 1000U);
    log.read(slow, 400);
    EXPECT_EQ(log.size(), 600U);
    EXPECT_EQ(log.oldest_sequence(), 401U);
    log.close_reader(slow);
    EXPECT_EQ(log.size(), 0U) << "the fast one has read everything";
    log.close_reader(fast);
    log.append(change());
    EXPECT_EQ(log.size(), 0U);
}

// A trimmed change sits in a chunk that is still needed; its records must not.
TEST(ChangeLog, LetsGoOfTrimmedRecordsAtOnce) {
    ChangeLog log;
    const ReaderId reader = log.open_reader();
    const RecordPtr record = Record::make("key", "value");
    Change first;
    first.after = record;
    log.append(std::move(first));
    log.append(change());
    EXPECT_EQ(record->references(), 2U);
    log.read(reader, 1);
    EXPECT_EQ(record->references(), 1U);
    EXPECT_EQ(sequences(log.read(reader, 10)), (Numbers{2}));
}

TEST(ChangeLog, TrimsByTimeAndMovesReadersOn) {
    ChangeLog log;
    const ReaderId stream = log.open_reader();
    for (int i = 0; i < 500; ++i) log.append(change(i));
    EXPECT_EQ(log.trim_before(300), 300U);
    EXPECT_EQ(log.oldest_sequence(), 301U);
    EXPECT_EQ(log.position(stream), 301U);
    EXPECT_EQ(log.trim_before(300), 0U);
    EXPECT_EQ(sequences(log.read(stream, 1)), (Numbers{301}));
    EXPECT_EQ(log.trim_before(10000), 199U);
    EXPECT_EQ(log.size(), 0U);
    log.append(change());
    EXPECT_EQ(sequences(log.read(stream, 10)), (Numbers{501}));
}

// A stream's shard iterators are positions, not readers.
TEST(ChangeLog, ReadsFromAnyPositionKept) {
    ChangeLog log;
    const ReaderId keeper = log.open_reader();
    for (int i = 0; i < 300; ++i) log.append(change(i));
    EXPECT_EQ(sequences(log.read_from(200, 3)), (Numbers{200, 201, 202}));
    EXPECT_EQ(sequences(log.read_from(299, 10)), (Numbers{299, 300}));
    EXPECT_TRUE(log.read_from(301, 10).empty());
    EXPECT_TRUE(log.read_from(9999, 10).empty());
    log.trim_before(100);
    EXPECT_EQ(sequences(log.read_from(1, 2)), (Numbers{101, 102})) << "the oldest there is";
    const ReaderId second = log.open_reader(250);
    EXPECT_EQ(sequences(log.read(second, 1)), (Numbers{250}));
    EXPECT_EQ(log.position(keeper), 101U);
}

TEST(ChangeLog, UnknownReadersReadNothing) {
    ChangeLog log;
    const ReaderId closed = log.open_reader();
    log.close_reader(closed);
    EXPECT_TRUE(log.read(closed, 10).empty());
    EXPECT_EQ(log.pending(closed), 0U);
    log.close_reader(closed);
    EXPECT_NE(log.open_reader(), closed) << "ids are not reused";
}

TEST(ChangeLog, RestartContinuesWithTheGivenNumber) {
    ChangeLog log;
    const ReaderId reader = log.open_reader();
    for (int i = 0; i < 200; ++i) log.append(change());
    log.restart(5000);
    EXPECT_EQ(log.size(), 0U);
    EXPECT_EQ(log.append(change()), 5000U);
    EXPECT_EQ(sequences(log.read(reader, 10)), (Numbers{5000}));
}

// The account is a value: a fork and its original go on separately.
TEST(ChangeLog, AForkGoesItsOwnWay) {
    ChangeLog log;
    const ReaderId reader = log.open_reader();
    for (int i = 0; i < 200; ++i) log.append(change(i));
    ChangeLog fork = log;
    log.append(change(1));
    fork.append(change(2));
    log.read(reader, 100);  // trims within a chunk that the fork shares
    EXPECT_EQ(fork.read_from(50, 1)[0].after->value(), "49");
    log.read(reader, 50);
    EXPECT_EQ(log.size(), 51U);
    EXPECT_EQ(fork.size(), 201U);
    EXPECT_EQ(log.read_from(201, 1)[0].at_micros, 1);
    EXPECT_EQ(fork.read_from(201, 1)[0].at_micros, 2);
    EXPECT_EQ(fork.read_from(1, 1)[0].after->value(), "0");
    EXPECT_EQ(fork.read(reader, 1000).size(), 201U);
}

class ChangeLogProperty : public testing::TestWithParam<unsigned> {};
INSTANTIATE_TEST_SUITE_P(Seed, ChangeLogProperty, testing::Range(1U, 9U), testing::PrintToStringParamName());

// The model: all changes ever, and where each reader stands. Every reader must get each number once
// and in order.
TEST_P(ChangeLogProperty, EveryReaderSeesEveryChangeOnce) {
    std::mt19937 random(GetParam());
    const auto below = [&](std::uint64_t limit) { return random() % limit; };
    ChangeLog log;
    std::map<ReaderId, std::uint64_t> expected;
    std::uint64_t next = 1;
    std::uint64_t oldest = 1;
    for (int step = 0; step < 20000 && !HasFailure(); ++step) {
        const std::uint64_t choice = below(100);
        auto reader = expected.begin();
        if (!expected.empty()) std::advance(reader, static_cast<long>(below(expected.size())));
        if (choice < 70) {
            EXPECT_EQ(log.append(change(static_cast<std::int64_t>(next))), next);
            ++next;
        } else if (choice < 74 && expected.size() < 5) {
            expected[log.open_reader()] = next;
        } else if (choice < 76 && !expected.empty()) {
            log.close_reader(reader->first);
            expected.erase(reader);
        } else if (choice < 78) {
            const std::uint64_t keep = oldest + below(next - oldest + 1);
            log.trim_before(static_cast<std::int64_t>(keep));
            for (auto& [id, position] : expected) position = std::max(position, keep);
        } else if (!expected.empty()) {
            for (const Change& one : log.read(reader->first, below(200))) {
                ASSERT_EQ(one.sequence, reader->second++);
                ASSERT_EQ(one.after->value(), std::to_string(one.sequence));
            }
        }
        std::uint64_t slowest = next;
        for (const auto& [id, position] : expected) slowest = std::min(slowest, position);
        oldest = slowest;
        ASSERT_EQ(log.next_sequence(), next);
        ASSERT_EQ(log.oldest_sequence(), oldest);
    }
}

}  // namespace
}  // namespace sortkey
