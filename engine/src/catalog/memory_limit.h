// The ceiling of what an engine may hold. A write that would pass it is refused before it changes anything; reads,
// deletions and all else go on.
#pragma once

#include <cstdint>

#include "catalog/database.h"
#include "sortkey/result.h"

namespace sortkey {

/// The most memory that the change can take on top of what is held: the item, its entries in indexes, its place in
/// the trees and logs. A removal takes none worth counting.
uint64_t memory_for(const Table& table, const ItemChange& change);
/// Likewise for an item of `item_bytes` encoded bytes under a row key of `key_bytes`.
uint64_t memory_for(const Table& table, size_t key_bytes, size_t item_bytes);

/// What creating or describing a resource takes at most beside the texts that come with the request.
inline constexpr uint64_t kMemoryForDefinition = 64 * 1024;

/// Errors: InternalServerError "This engine's memory is full (…)" if `more` bytes would pass the limit; what takes
/// nothing is never refused.
Status check_memory(const World& world, uint64_t more);

/// The error of check_memory(), for those who find out on the way.
Error memory_is_full(const World& world);

}  // namespace sortkey
