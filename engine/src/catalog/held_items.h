// Items that a transaction still holds (spec: streams-and-recovery.md §9, model).
//
// A transaction's writes are seen at once; its items stay held until its commit ends, Settings::transaction_micros
// later. Whoever wants to write one of them meanwhile, or to read it in a transaction, conflicts. Not stored with a
// workspace: opening one again ends what was going on.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "support/held_memory.h"

namespace sortkey {

class HeldItems {
public:
    /// Holds the item for the moments before `until_micros`.
    void hold(uint32_t table_id, std::string_view row_key, int64_t now_micros, int64_t until_micros);
    bool holds(uint32_t table_id, std::string_view row_key, int64_t now_micros) const;

private:
    using Item = std::pair<uint32_t, std::string>;
    std::map<Item, int64_t> until_;
    HeldMemory held_;
};

}  // namespace sortkey
