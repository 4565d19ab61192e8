// How many records a range of a map holds, and the bytes they count for (Record::weight()).
#pragma once

#include <cstdint>

namespace sortkey {

struct RangeStats {
    std::uint64_t count = 0;
    std::uint64_t bytes = 0;

    RangeStats& operator+=(const RangeStats& other) {
        count += other.count;
        bytes += other.bytes;
        return *this;
    }
    RangeStats& operator-=(const RangeStats& other) {
        count -= other.count;
        bytes -= other.bytes;
        return *this;
    }
    friend bool operator==(const RangeStats&, const RangeStats&) = default;
};

}  // namespace sortkey
