// What all Regions of an account share: virtual time, chance, scheduled events, and the switches a host may set.
#pragma once

#include <cstdint>

#include "model/wording.h"
#include "simulation/event_queue.h"
#include "simulation/random.h"

namespace sortkey {

/// How often the service is taken to sweep; no sweep comes sooner after another than the shortest.
inline constexpr int64_t kSweepMicros = 600'000'000;
inline constexpr int64_t kShortestSweepMicros = 1'000'000;

/// What data may take at most. Of the heap's 4 GB, the rest is for the request at work, for what is read back when a
/// workspace is opened (stored bytes and data side by side), and for what the allocator cannot use.
inline constexpr uint64_t kMemoryLimitMax = 1536ULL << 20;

struct Settings {
    int64_t table_delay_micros = 5'000'000;            ///< CREATING → ACTIVE, DELETING → gone; 0: at once
    int64_t time_to_live_delay_micros = 0;             ///< from expiry until a sweep may remove the item
    int64_t time_to_live_sweep_micros = kSweepMicros;  ///< from one sweep for expired items to the next; 0: none
    int64_t table_statistics_micros = 21'600'000'000;  ///< between refreshes of ItemCount and TableSizeBytes; 0: live
    int64_t transaction_micros = 0;  ///< how long a transaction that writes holds its items; 0: for no time
    WordingProfile wording = WordingProfile::newer;
    bool journal = true;                            ///< false: nothing is kept for drain_journal()
    uint64_t memory_limit_bytes = kMemoryLimitMax;  ///< writes that would take more are refused; not stored
    uint64_t seed = 1;
};

/// The clock starts at 2026-06-01T00:00:00Z unless told otherwise.
inline constexpr int64_t kStartMicros = 1'780'272'000'000'000;

/// 10000-01-01T00:00:00Z: the clock goes no further, and no delay is longer, so that times can be added.
inline constexpr int64_t kEndMicros = 253'402'300'800'000'000;

struct World {
    Settings settings;
    int64_t now_micros = kStartMicros;
    Random random;
    EventQueue events;
};

}  // namespace sortkey
