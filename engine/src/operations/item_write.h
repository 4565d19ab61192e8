// The shared life of PutItem, UpdateItem and DeleteItem after their input was read: find the old item, test the
// condition, then write or fail (spec: api.md §3 step 10).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "operations/common.h"

namespace sortkey {

/// Tests a write's condition against the stored item. On failure charges the table and returns
/// ConditionalCheckFailed, with the item if ReturnValuesOnConditionCheckFailure=ALL_OLD. `new_bytes`: size of the item
/// that would have been written, 0 if unknown.
Status check_condition(Call& call, const Table& table, const std::optional<Condition>& condition, const Record* before,
                       uint32_t new_bytes);

/// Errors: TransactionConflict "Transaction is ongoing for the item" while a transaction holds the item. Nothing is
/// charged.
Status check_not_held(const Call& call, const Table& table, std::string_view row_key);

/// Errors of a failed condition, without charging: shared with batches and transactions.
Error condition_failed(const Record* before, bool with_item);

/// PartiQL: INSERT finds an item with that key.
Error duplicate_item();

/// Item-size gate. Errors: "Item size has exceeded the maximum allowed size" (or "Item size to update …").
Status check_item_size(uint32_t bytes, bool update);

/// The gate once the table is known: entries in its local indexes count as well (spec: data-model §4).
Status check_item_size(const Table& table, ItemView item, bool update);

/// Writes the change under call.charge(table) and the answer's ConsumedCapacity and ItemCollectionMetrics.
/// Errors: InternalServerError when memory is full; nothing is charged then.
Status write_item_change(Call& call, Table& table, ItemChange change, ObjectWriter& answer);

/// `"Attributes":{…}` of an encoded item.
void write_attributes(ObjectWriter& answer, std::string_view encoded);

}  // namespace sortkey
