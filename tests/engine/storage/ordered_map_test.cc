// What the ordered map promises, rule by rule. Random histories are in
// ordered_map_property_test.cc.
#include "storage/ordered_map.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "storage/btree_node.h"

namespace sortkey {
namespace {

std::string numbered(int number) {
    std::string digits = std::to_string(number);
    return "key" + std::string(8 - digits.size(), '0') + digits;
}

OrderedMap with_keys(int count) {
    OrderedMap map;
    for (int i = 0; i < count; ++i) map.put(Record::make(numbered(i), "value"));
    return map;
}

std::vector<std::string> keys_of(const OrderedMap& map) {
    std::vector<std::string> keys;
    OrderedMap::Cursor at(map);
    for (at.first(); at.valid(); at.next()) keys.emplace_back(at.key());
    return keys;
}

TEST(OrderedMap, AnEmptyMapAnswersEverythingWithNothing) {
    OrderedMap map;
    EXPECT_TRUE(map.empty());
    EXPECT_EQ(map.find("a"), nullptr);
    EXPECT_EQ(map.erase("a"), nullptr);
    EXPECT_EQ(map.at(0), nullptr);
    EXPECT_EQ(map.at_bytes(0), nullptr);
    EXPECT_EQ(map.range_stats(""), RangeStats{});
    EXPECT_EQ(map.node_memory(), 0U);
    OrderedMap::Cursor at(map);
    at.first();
    EXPECT_FALSE(at.valid());
    at.at_most("z");
    EXPECT_FALSE(at.valid());
    at.next();
    at.prev();
    EXPECT_FALSE(at.valid());
}

TEST(OrderedMap, PutAndEraseReturnWhatWasThere) {
    OrderedMap map;
    const RecordPtr first = Record::make("a", "1");
    const RecordPtr second = Record::make("a", "two");
    EXPECT_EQ(map.put(first), nullptr);
    EXPECT_EQ(map.put(second), first);
    EXPECT_EQ(map.size(), 1U);
    EXPECT_EQ(map.bytes(), 4U);
    EXPECT_EQ(map.find("a"), second);
    EXPECT_EQ(map.erase("a"), second);
    EXPECT_TRUE(map.empty());
    EXPECT_EQ(map.bytes(), 0U);
}

// The order-preserving key encoding relies on exactly this order: unsigned bytes, prefixes first.
// The keys up to eight bytes that differ only in trailing zeros have equal cached prefixes.
TEST(OrderedMap, KeysAreInMemcmpOrder) {
    const std::vector<std::string> ordered = {std::string(""),
                                              std::string("\0", 1),
                                              std::string("\0\0", 2),
                                              std::string("\x01", 1),
                                              std::string("a"),
                                              std::string("a\0", 2),
                                              std::string("a\0\0\0\0\0\0\0", 8),
                                              std::string("a\0\0\0\0\0\0\0\0", 9),
                                              std::string("a\0b", 3),
                                              std::string("ab"),
                                              std::string("abcdefgh"),
                                              std::string("abcdefghi"),
                                              std::string("\x7f"),
                                              std::string("\x80"),
                                              std::string("\xff"),
                                              std::string("\xff\xff")};
    OrderedMap map;
    for (std::size_t i = 0; i < ordered.size(); ++i) {
        map.put(Record::make(ordered[(i * 7) % ordered.size()], ""));
    }
    EXPECT_EQ(keys_of(map), ordered);
    for (const std::string& key : ordered) EXPECT_NE(map.find(key), nullptr);
    EXPECT_EQ(map.check_invariants(), "");
}

// One item collection: thousands of keys that share hash and partition key, so no prefix decides.
TEST(OrderedMap, KeysWithEqualPrefixesAreTold) {
    OrderedMap map;
    for (int i = 0; i < 5000; ++i) {
        map.put(Record::make("partition/" + numbered((i * 2003) % 5000), ""));
    }
    EXPECT_EQ(map.check_invariants(), "");
    for (int i = 0; i < 5000; ++i) {
        const std::string key = "partition/" + numbered(i);
        ASSERT_NE(map.peek(key), nullptr) << key;
        ASSERT_EQ(map.stats_below(key).count, static_cast<std::uint64_t>(i));
    }
}

TEST(OrderedMap, ASnapshotKeepsWhatTheOriginalChanges) {
    OrderedMap map = with_keys(1000);
    const OrderedMap before = map;
    const std::vector<std::string> keys = keys_of(map);
    for (int i = 0; i < 1000; i += 2) map.erase(numbered(i));
    map.put(Record::make(numbered(1), "changed"));
    map.put(Record::make("zzz", "new"));
    EXPECT_EQ(keys_of(before), keys);
    EXPECT_EQ(before.size(), 1000U);
    EXPECT_EQ(before.find(numbered(1))->value(), "value");
    EXPECT_EQ(map.size(), 501U);
    EXPECT_EQ(before.check_invariants(), "");
    EXPECT_EQ(map.check_invariants(), "");
}

// And the other way round: a snapshot is a map like any other, a fork may be changed.
TEST(OrderedMap, TheOriginalKeepsWhatASnapshotChanges) {
    const OrderedMap map = with_keys(500);
    OrderedMap fork = map;
    fork.clear();
    EXPECT_TRUE(fork.empty());
    fork = map;
    for (int i = 0; i < 500; ++i) fork.erase(numbered(i));
    EXPECT_TRUE(fork.empty());
    EXPECT_EQ(map.size(), 500U);
    EXPECT_EQ(map.check_invariants(), "");
}

TEST(OrderedMap, TakingASnapshotCopiesNothing) {
    const OrderedMap map = with_keys(1000);
    const OrderedMap snapshot = map;
    EXPECT_TRUE(snapshot.same_version(map));
    OrderedMap changed = map;
    changed.put(Record::make("new", ""));
    EXPECT_FALSE(changed.same_version(map));
}

// The nodes are private, so their address shows as that of the version itself and in the bytes they
// take.
TEST(OrderedMap, ChangesAreInPlaceOnceNobodyElseHoldsTheVersion) {
    OrderedMap map = with_keys(10000);
    const auto root_address = [](const OrderedMap& of) {
        // Nodes are private. The root pointer is the first member: looked at as bytes, never followed.
        std::uintptr_t address = 0;
        std::memcpy(&address, static_cast<const void*>(&of), sizeof(address));
        return address;
    };
    const std::uintptr_t root = root_address(map);
    for (int i = 0; i < 10000; ++i) map.put(Record::make(numbered(i), "again"));
    EXPECT_EQ(root_address(map), root) << "unshared: changed in place";
    {
        const OrderedMap snapshot = map;
        map.erase(numbered(3));
        EXPECT_NE(root_address(map), root) << "shared: copied";
        EXPECT_EQ(root_address(snapshot), root);
        const std::uintptr_t copied = root_address(map);
        map.erase(numbered(4));
        EXPECT_EQ(root_address(map), copied) << "copied once per snapshot, not once per change";
    }
}

TEST(OrderedMap, AMissedEraseCopiesNothing) {
    OrderedMap map = with_keys(100);
    const OrderedMap snapshot = map;
    EXPECT_EQ(map.erase("absent"), nullptr);
    EXPECT_TRUE(map.same_version(snapshot));
}

TEST(OrderedMap, SmallTablesCostLittle) {
    OrderedMap map;
    map.put(Record::make("only", ""));
    EXPECT_LE(map.node_memory(), 64U);
}

// Times as sort keys arrive in order; half-empty leaves for ever would waste a third of the memory.
TEST(OrderedMap, AscendingKeysFillTheirLeaves) {
    const OrderedMap map = with_keys(10000);
    EXPECT_EQ(map.check_invariants(), "");
    EXPECT_LE(map.node_memory(), 10000U * (sizeof(void*) + 8) * 3 / 2);
}

TEST(OrderedMap, DescendingKeysToo) {
    OrderedMap map;
    for (int i = 10000; i-- > 0;) map.put(Record::make(numbered(i), ""));
    EXPECT_EQ(map.check_invariants(), "");
    EXPECT_EQ(map.size(), 10000U);
}

// Separators outlive the records they were cut from; they must not keep a 400 KB item alive.
TEST(OrderedMap, SeparatorsAreShortAndHoldNoRecords) {
    const RecordPtr separator = btree::make_separator("partition/0041/x", "partition/0042/y");
    EXPECT_EQ(separator->key(), "partition/0042");
    EXPECT_TRUE(separator->value().empty());
    EXPECT_EQ(btree::make_separator("ab", "abc")->key(), "abc");
    EXPECT_EQ(btree::make_separator("", "z")->key(), "z");
}

TEST(OrderedMap, RangeStatsCountRecordsAndBytes) {
    OrderedMap map;
    std::vector<std::uint64_t> bytes_before = {0};
    for (int i = 0; i < 3000; ++i) {
        map.put(Record::make(numbered(i), std::string(static_cast<std::size_t>(i % 50), 'x')));
        bytes_before.push_back(map.bytes());
    }
    for (int from = 0; from < 3000; from += 37) {
        for (int to = from; to < 3000; to += 411) {
            const RangeStats range = map.range_stats(numbered(from), numbered(to));
            ASSERT_EQ(range.count, static_cast<std::uint64_t>(to - from));
            ASSERT_EQ(range.bytes,
                      bytes_before[static_cast<std::size_t>(to)] - bytes_before[static_cast<std::size_t>(from)]);
        }
        ASSERT_EQ(map.range_stats(numbered(from)).count, static_cast<std::uint64_t>(3000 - from));
    }
    EXPECT_EQ(map.range_stats("b", "a"), RangeStats{}) << "an empty range the wrong way round";
}

TEST(OrderedMap, RecordsCountWhatTheyWereGiven) {
    OrderedMap map;
    for (int i = 0; i < 3000; ++i) map.put(Record::make(numbered(i), "value", 1));
    for (int i = 0; i < 3000; i += 2) map.put(Record::make(numbered(i), "longer", 100));
    for (int i = 0; i < 3000; i += 3) map.erase(numbered(i));
    EXPECT_EQ(map.check_invariants(), "");
    EXPECT_EQ(map.bytes(), 1000u * 1 + 1000u * 100);
    EXPECT_EQ(map.range_stats(numbered(1500)).bytes, 500u * 1 + 500u * 100);
}

TEST(OrderedMap, RecordsAreFoundByIndexAndByByte) {
    const OrderedMap map = with_keys(3000);  // 11 bytes of key and 5 of value each
    for (std::size_t i = 0; i < 3000; ++i) {
        ASSERT_EQ(map.key_at(i), numbered(static_cast<int>(i)));
        ASSERT_EQ(map.at_bytes(i * 16), map.at(i));
        ASSERT_EQ(map.at_bytes(i * 16 + 15), map.at(i));
    }
    EXPECT_EQ(map.at(3000), nullptr);
    EXPECT_EQ(map.at_bytes(map.bytes()), nullptr);
}

TEST(OrderedMap, FromSortedBuildsTheSameAsPutting) {
    for (const int count : {0, 1, 2, 55, 56, 57, 64, 113, 1568, 1569, 50000}) {
        std::vector<RecordPtr> records;
        for (int i = 0; i < count; ++i) records.push_back(Record::make(numbered(i), "value"));
        OrderedMap map = OrderedMap::from_sorted(records);
        ASSERT_EQ(map.check_invariants(), "") << count;
        ASSERT_EQ(keys_of(map), keys_of(with_keys(count))) << count;
        ASSERT_EQ(map.bytes(), static_cast<std::uint64_t>(count) * 16);
        for (int i = 0; i < count; i += 3) map.erase(numbered(i));
        map.put(Record::make(numbered(count), ""));
        ASSERT_EQ(map.check_invariants(), "") << count;
    }
}

// A snapshot file may be damaged or made up: wrong order must cost speed, not the tree.
TEST(OrderedMap, FromSortedSurvivesUnsortedInput) {
    std::vector<RecordPtr> records;
    for (int i = 0; i < 200; ++i) records.push_back(Record::make(numbered(i), "first"));
    for (int i = 250; i-- > 150;) records.push_back(Record::make(numbered(i), "second"));
    const OrderedMap map = OrderedMap::from_sorted(records);
    EXPECT_EQ(map.check_invariants(), "");
    EXPECT_EQ(map.size(), 250U);
    EXPECT_EQ(map.find(numbered(149))->value(), "first");
    EXPECT_EQ(map.find(numbered(150))->value(), "second") << "the last of equal keys wins";
}

TEST(OrderedMap, MovingLeavesAnEmptyMap) {
    OrderedMap map = with_keys(10);
    const OrderedMap moved = std::move(map);
    EXPECT_EQ(moved.size(), 10U);
    EXPECT_TRUE(map.empty());  // NOLINT: that it may be used again is the promise tested
    map.put(Record::make("a", ""));
    EXPECT_EQ(map.size(), 1U);
}

}  // namespace
}  // namespace sortkey
