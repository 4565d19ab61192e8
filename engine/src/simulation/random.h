// The one seeded generator (xoshiro256**, seeded by splitmix64). Same seed, same numbers on every machine.
#pragma once

#include <array>
#include <cstdint>
#include <string>

namespace sortkey {

class Random {
public:
    explicit Random(uint64_t seed = 1);

    uint64_t next();
    /// Evenly from [0, bound). REQUIRES bound > 0.
    uint64_t below(uint64_t bound);
    /// A version-4 UUID, as TableId.
    std::string uuid();

    const std::array<uint64_t, 4>& state() const { return state_; }
    void restore(const std::array<uint64_t, 4>& state) { state_ = state; }

private:
    std::array<uint64_t, 4> state_;
};

}  // namespace sortkey
