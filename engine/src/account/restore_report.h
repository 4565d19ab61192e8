// What restore() found in stored bytes, in numbers.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sortkey {

/// A stretch of stored bytes that was left out. No bytes: something is missing before `offset`.
struct Damage {
    size_t offset;
    size_t bytes;
    std::string reason;
};

struct RestoreReport {
    static constexpr size_t kDamagesMax = 100;  ///< told one by one; all are counted

    bool ok = true;
    int format = 0;  ///< highest format seen
    size_t bytes = 0;
    size_t bytes_read = 0;  ///< up to the end of the last sound frame
    size_t bytes_skipped = 0;
    size_t frames = 0;
    size_t frames_skipped = 0;  ///< stretches that hold no sound frame, or entries that are missing
    size_t records = 0;
    size_t records_skipped = 0;  ///< in sound frames
    std::vector<Damage> damages;

    void skip(size_t offset, size_t skipped, std::string reason) {
        bytes_skipped += skipped;
        if (damages.size() < kDamagesMax) damages.push_back({offset, skipped, std::move(reason)});
    }
};

/// The answer of Engine::restore().
std::string to_json(const RestoreReport& report);

}  // namespace sortkey
