#include "catalog/held_items.h"

namespace sortkey {

void HeldItems::hold(uint32_t table_id, std::string_view row_key, int64_t now_micros, int64_t until_micros) {
    if (until_micros <= now_micros) return;
    std::erase_if(until_, [&](const auto& held) { return held.second <= now_micros; });
    until_[Item(table_id, row_key)] = until_micros;
    held_.set(until_.size() * 128);
}

bool HeldItems::holds(uint32_t table_id, std::string_view row_key, int64_t now_micros) const {
    if (until_.empty()) return false;
    const auto held = until_.find(Item(table_id, row_key));
    return held != until_.end() && held->second > now_micros;
}

}  // namespace sortkey
