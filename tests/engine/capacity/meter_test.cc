// What was consumed, second by second of virtual time, and how many partitions a table is given.
#include "capacity/meter.h"

#include <gtest/gtest.h>

#include "capacity/partitions.h"

namespace sortkey {
namespace {

constexpr int64_t kSecond = 1'000'000;

TEST(Meter, SumsWithinASecondAndKeepsTotals) {
    Meter meter;
    meter.add(10 * kSecond, 1, 0);
    meter.add(11 * kSecond - 1, 2, 4);
    meter.add(11 * kSecond, 0, 8);
    ASSERT_EQ(meter.seconds().size(), 2U);
    EXPECT_EQ(meter.seconds()[0].second, 10);
    EXPECT_EQ(meter.seconds()[0].read_halves, 3U);
    EXPECT_EQ(meter.seconds()[0].write_halves, 4U);
    EXPECT_EQ(meter.seconds()[1].second, 11);
    EXPECT_EQ(meter.read_halves(), 3U);
    EXPECT_EQ(meter.write_halves(), 12U);
}

TEST(Meter, SecondsWithoutConsumptionTakeNoRoomAndOldOnesLeave) {
    Meter meter;
    meter.add(0, 1, 1);
    meter.add(1'000'000 * kSecond, 1, 1);
    EXPECT_EQ(meter.seconds().size(), 2U);
    for (size_t i = 1; i <= Meter::kSecondsMax; ++i) meter.add((1'000'000 + static_cast<int64_t>(i)) * kSecond, 1, 0);
    EXPECT_EQ(meter.seconds().size(), Meter::kSecondsMax);
    EXPECT_EQ(meter.seconds().front().second, 1'000'001);
    // What has left the window still counts.
    EXPECT_EQ(meter.read_halves(), 2 + Meter::kSecondsMax);
}

TEST(Meter, ACopyIsAMeterOfItsOwn) {
    Meter meter;
    meter.add(0, 1, 1);
    Meter copy = meter;
    meter.add(0, 5, 5);
    EXPECT_EQ(copy.read_halves(), 1U);
    EXPECT_EQ(copy.seconds().front().write_halves, 1U);
}

TEST(Partitions, FollowThroughputAndSize) {
    struct Row {
        bool on_demand;
        int64_t read, write;
        uint64_t bytes, count;
    };
    const uint64_t ten_gigabytes = 10ULL << 30;
    for (const Row& row :
         {Row{false, 1, 1, 0, 1}, Row{false, 3000, 0, 0, 1}, Row{false, 3001, 0, 0, 2}, Row{false, 0, 1000, 0, 1},
          Row{false, 0, 1001, 0, 2}, Row{false, 1500, 500, 0, 1}, Row{false, 1500, 501, 0, 2},
          Row{false, 5, 5, ten_gigabytes, 1}, Row{false, 5, 5, ten_gigabytes + 1, 2}, Row{true, 0, 0, 0, 4},
          Row{true, 0, 0, 4 * ten_gigabytes + 1, 5}})
        EXPECT_EQ(partition_count(row.on_demand, row.read, row.write, row.bytes), row.count)
            << row.read << " " << row.write << " " << row.bytes;
}

}  // namespace
}  // namespace sortkey
