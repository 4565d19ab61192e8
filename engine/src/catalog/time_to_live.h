// Time to live: which items expire when, and the sweeper that removes them (spec: streams-and-recovery.md §5).
//
// A table with an expiring attribute has an ordered map of expiry times beside its items, so that a sweep costs what it
// removes, however large the table and however far the clock jumps.
#pragma once

#include <cstdint>

#include "catalog/database.h"

namespace sortkey {

/// Switches the table's time to live: ENABLING or DISABLING until settle_time_to_live().
void set_time_to_live(Database& database, Table& table, std::string_view attribute, bool enabled);
/// The memory that switching it on takes: a time for each item that has the attribute. O(items).
uint64_t memory_for_expiries(const Table& table, std::string_view attribute);
/// ENABLING → ENABLED with the first sweep scheduled, or DISABLING → DISABLED.
void settle_time_to_live(Database& database, Table& table);

/// Keeps the expiry times in step with one change. Null: no item.
void note_expiry(Table& table, const Record* before, const Record* after);
/// Expiry times from the items, for restore and for a newly chosen attribute.
void rebuild_expiries(Table& table);

/// Schedules the table's next sweep anew, by the period in force; for when that has changed.
void reschedule_sweep(Database& database, Table& table);
/// Removes what has expired, and schedules the next sweep. Returns how many items went.
size_t sweep_expired(Database& database, Table& table);

}  // namespace sortkey
