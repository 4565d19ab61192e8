// Which transactions ran under a client's token in the last ten minutes (spec: streams-and-recovery.md §9).
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "json/document.h"
#include "support/held_memory.h"

namespace sortkey {

class IdempotencyTokens {
public:
    static constexpr int64_t kLifetimeMicros = 600'000'000;
    /// Older ones are forgotten early: clients send a token with every call, and the virtual clock may stand still.
    static constexpr size_t kTokensMax = 1000;

    /// What a replay reads of one table instead of writing again.
    struct Reread {
        uint32_t table_id = 0;
        uint64_t bytes = 0;
        uint64_t blocks = 0;  ///< of 4 KB, each item rounded alone
        uint32_t items = 0;
    };
    struct Use {
        std::string fingerprint;  ///< of the request's parameters
        int64_t expires_micros = 0;
        std::vector<Reread> rereads;
    };

    /// The first use of a token that is still remembered, or nullptr. Each operation has tokens of its own.
    const Use* find(std::string_view operation, std::string_view token, int64_t now_micros) const;
    void remember(std::string_view operation, std::string_view token, Use use, int64_t now_micros);

    /// JSON array of what is remembered, for the journal.
    void write(std::string& json, int64_t now_micros) const;
    /// Reads what write() wrote; anything else is left out.
    void read(json::Node array);

private:
    void forget_old(int64_t now_micros);
    void forget(std::string_view key);

    std::map<std::string, Use, std::less<>> uses_;  // by "operation token"
    std::deque<std::string> order_;                 // keys, oldest first
    HeldMemory held_;
};

}  // namespace sortkey
