// What a table has consumed: running totals and a sum for each second of virtual time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>

#include "support/held_memory.h"

namespace sortkey {

struct MeterSecond {
    int64_t second = 0;  ///< epoch seconds
    uint64_t read_halves = 0;
    uint64_t write_halves = 0;
};

class Meter {
public:
    /// Longest stretch that is kept: what a chart shows, not an account's history.
    static constexpr size_t kSecondsMax = 3600;

    void add(int64_t now_micros, uint64_t read_halves, uint64_t write_halves) {
        read_halves_ += read_halves;
        write_halves_ += write_halves;
        const int64_t second = now_micros / 1'000'000;
        if (seconds_.empty() || seconds_.back().second != second) {
            if (seconds_.size() == kSecondsMax) seconds_.pop_front();
            seconds_.push_back({second, 0, 0});
            held_.set(seconds_.size() * sizeof(MeterSecond));
        }
        seconds_.back().read_halves += read_halves;
        seconds_.back().write_halves += write_halves;
    }
    void restore_totals(uint64_t read_halves, uint64_t write_halves) {
        read_halves_ = read_halves;
        write_halves_ = write_halves;
    }

    uint64_t read_halves() const { return read_halves_; }
    uint64_t write_halves() const { return write_halves_; }
    const std::deque<MeterSecond>& seconds() const { return seconds_; }

private:
    uint64_t read_halves_ = 0;
    uint64_t write_halves_ = 0;
    std::deque<MeterSecond> seconds_;
    HeldMemory held_;
};

}  // namespace sortkey
