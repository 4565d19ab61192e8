// The service's documented limits, as named constants (spec: data-model, api, query-scan).
#pragma once

#include <cstdint>

namespace sortkey::limits {

inline constexpr uint32_t kItemBytesMax = 400 * 1024;
inline constexpr uint32_t kRequestBytesMax = 16 * 1024 * 1024;
inline constexpr uint32_t kAttributeNameBytesMax = 65'535;
inline constexpr uint32_t kHashKeyBytesMax = 2048;
inline constexpr uint32_t kRangeKeyBytesMax = 1024;
inline constexpr uint64_t kPageBytesMax = 1024 * 1024;
inline constexpr int64_t kTotalSegmentsMax = 1'000'000;
inline constexpr int64_t kThroughputMax = 1'000'000'000'000;
inline constexpr int kLocalIndexesMax = 5;
inline constexpr int kGlobalIndexesMax = 20;
inline constexpr int kKeyPartsMax = 4;  ///< HASH and RANGE attributes each, of a global index
inline constexpr int kProjectedAttributesMax = 100;
inline constexpr uint32_t kBatchGetKeysMax = 100;
inline constexpr uint32_t kBatchWriteItemsMax = 25;
inline constexpr uint64_t kBatchBytesMax = 16 * 1024 * 1024;
inline constexpr uint32_t kTransactionItemsMax = 100;
inline constexpr uint64_t kTransactionBytesMax = 4 * 1024 * 1024;

static_assert(kItemBytesMax == 409'600);
static_assert(kItemBytesMax < kPageBytesMax, "one item always fits on a page");

}  // namespace sortkey::limits
