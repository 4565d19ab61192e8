// The counts that descriptions of tables show. The service refreshes them about every six hours, and so do we, on the
// virtual clock and without an event: counts change only by changes, so the first change after a refresh was due notes
// what there was before it.
#pragma once

#include "catalog/table.h"
#include "simulation/world.h"

namespace sortkey {

/// To be called before the table's items change.
void refresh_statistics(const World& world, Table& table);

/// What a description shows now: the counts of the last refresh, or live ones if the setting is 0.
Counts shown_counts(const World& world, const Table& table);
Counts shown_counts(const World& world, const Table& table, const Index& index);

}  // namespace sortkey
