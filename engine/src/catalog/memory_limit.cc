#include "catalog/memory_limit.h"

#include <string>

namespace sortkey {
namespace {

// Nodes that split or are copied, places in logs.
constexpr uint64_t kAroundRecord = 4096;

std::string megabytes(uint64_t bytes) { return std::to_string((bytes + (1 << 19)) >> 20); }

}  // namespace

uint64_t memory_for(const Table& table, size_t key_bytes, size_t item_bytes) {
    // An entry's key consists of the item's key and of attributes that are in the item.
    const uint64_t item = kAroundRecord + Record::held_by(key_bytes + item_bytes);
    const uint64_t entry = kAroundRecord + Record::held_by(key_bytes + 2 * item_bytes);
    return item + table.indexes.size() * entry;
}

uint64_t memory_for(const Table& table, const ItemChange& change) {
    return change.removes ? 0 : memory_for(table, change.key.size(), change.after.size());
}

Status check_memory(const World& world, uint64_t more) {
    if (more == 0 || HeldMemory::total() + more <= world.settings.memory_limit_bytes) return {};
    return memory_is_full(world);
}

Error memory_is_full(const World& world) {
    return Error::make(ErrorCode::InternalServerError,
                       "This engine's memory is full (" + megabytes(HeldMemory::total()) + " MB of " +
                           megabytes(world.settings.memory_limit_bytes) +
                           " MB). Nothing was changed. Delete items or tables to make room; what streams keep goes "
                           "after 24 hours of virtual time.");
}

}  // namespace sortkey
