#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "storage/ordered_map.h"

namespace sortkey {
namespace {

// Even numbers as two bytes, so that every odd one lies in a gap.
std::string two_bytes(int number) { return {static_cast<char>(number >> 8), static_cast<char>(number & 255)}; }

class CursorTest : public testing::TestWithParam<int> {
protected:
    void SetUp() override {
        for (int i = 0; i < GetParam(); ++i) map_.put(Record::make(two_bytes(2 * i), std::to_string(i)));
    }

    // The number of the record under the cursor.
    static std::optional<int> place(const OrderedMap::Cursor& at) {
        if (!at.valid()) return std::nullopt;
        return std::stoi(std::string(at.value()));
    }
    std::optional<int> expected(int index) const {
        if (index < 0 || index >= GetParam()) return std::nullopt;
        return index;
    }

    OrderedMap map_;
};

// One record, one leaf, exactly full leaves, two levels, three levels.
INSTANTIATE_TEST_SUITE_P(Records, CursorTest, testing::Values(1, 2, 63, 64, 65, 128, 1000, 9000),
                         testing::PrintToStringParamName());

TEST_P(CursorTest, SeeksToEachSideOfEveryKeyAndGap) {
    OrderedMap::Cursor at(map_);
    for (int number = 0; number <= 2 * GetParam(); ++number) {
        const std::string key = two_bytes(number);
        at.lower_bound(key);
        ASSERT_EQ(place(at), expected((number + 1) / 2)) << number;
        at.upper_bound(key);
        ASSERT_EQ(place(at), expected(number / 2 + 1)) << number;
        at.below(key);
        ASSERT_EQ(place(at), expected(std::min((number + 1) / 2 - 1, GetParam() - 1))) << number;
        at.at_most(key);
        ASSERT_EQ(place(at), expected(std::min(number / 2, GetParam() - 1))) << number;
    }
}

TEST_P(CursorTest, WalksBothWaysFromAnywhere) {
    for (int start = 0; start < GetParam(); start += 1 + GetParam() / 50) {
        OrderedMap::Cursor at(map_);
        at.lower_bound(two_bytes(2 * start));
        for (int i = start; i < GetParam(); ++i, at.next()) ASSERT_EQ(place(at), i);
        EXPECT_FALSE(at.valid());
        at.next();
        EXPECT_FALSE(at.valid()) << "the end stays the end";
        at.lower_bound(two_bytes(2 * start));
        for (int i = start; i >= 0; --i, at.prev()) ASSERT_EQ(place(at), i);
        EXPECT_FALSE(at.valid());
        at.last();
        EXPECT_EQ(place(at), GetParam() - 1) << "a seek revives it";
    }
}

TEST_P(CursorTest, TurnsAroundAtEveryRecord) {
    OrderedMap::Cursor at(map_);
    at.first();
    for (int i = 0; i + 1 < GetParam(); ++i) {
        at.next();
        at.prev();
        ASSERT_EQ(place(at), i);
        at.next();
    }
    EXPECT_EQ(place(at), GetParam() - 1);
}

// A Scan that deletes what it sees, the sweep of expired items: the cursor must not notice.
TEST_P(CursorTest, KeepsItsVersionWhileTheMapChanges) {
    OrderedMap::Cursor at(map_);
    int seen = 0;
    for (at.first(); at.valid(); at.next(), ++seen) {
        ASSERT_EQ(place(at), seen);
        map_.erase(at.key());
    }
    EXPECT_EQ(seen, GetParam());
    EXPECT_TRUE(map_.empty());
}

TEST(Cursor, OutlivesItsMap) {
    std::optional<OrderedMap::Cursor> at;
    {
        OrderedMap map;
        map.put(Record::make("a", "1"));
        at.emplace(map);
    }
    at->first();
    EXPECT_EQ(at->value(), "1");
}

}  // namespace
}  // namespace sortkey
