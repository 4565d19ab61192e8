// How many storage partitions a table has (spec: capacity.md §4).
#pragma once

#include <cstdint>

namespace sortkey {

inline constexpr uint64_t kOnDemandPartitions = 4;
inline constexpr int64_t kPartitionReadUnits = 3000;
inline constexpr int64_t kPartitionWriteUnits = 1000;
inline constexpr uint64_t kPartitionBytes = 10ULL << 30;

/// On demand 4; provisioned ⌈RCU/3000 + WCU/1000⌉; in both cases at least one for each 10 GB.
inline uint64_t partition_count(bool on_demand, int64_t read, int64_t write, uint64_t bytes) {
    const auto by_units = static_cast<uint64_t>((read + 3 * write + kPartitionReadUnits - 1) / kPartitionReadUnits);
    const uint64_t by_size = (bytes + kPartitionBytes - 1) / kPartitionBytes;
    const uint64_t count = on_demand ? kOnDemandPartitions : by_units;
    const uint64_t larger = count > by_size ? count : by_size;
    return larger == 0 ? 1 : larger;
}
static_assert(kPartitionReadUnits == 3 * kPartitionWriteUnits, "the count is computed on the read side's scale");

}  // namespace sortkey
