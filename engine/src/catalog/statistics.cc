#include "catalog/statistics.h"

#include <algorithm>

namespace sortkey {
namespace {

Counts live(const Table& table) { return {table.items.size(), table.items.bytes()}; }
Counts live(const Index& index) { return {index.rows.size(), index.rows.bytes()}; }

// Whether a refresh was due since the counts were noted. Every table has a beat of its own, from its creation.
bool due(const World& world, const Table& table) {
    const int64_t every = world.settings.table_statistics_micros;
    if (every == 0) return true;
    const int64_t age = world.now_micros - std::clamp<int64_t>(table.created_micros, 0, world.now_micros);
    return table.counted_micros < world.now_micros - age % every;
}

}  // namespace

void refresh_statistics(const World& world, Table& table) {
    if (!due(world, table)) return;
    table.counted = live(table);
    table.counted_micros = world.now_micros;
    for (Index& index : table.indexes) index.counted = live(index);
    if (world.settings.table_statistics_micros != 0) table.dirty = true;
}

Counts shown_counts(const World& world, const Table& table) { return due(world, table) ? live(table) : table.counted; }

Counts shown_counts(const World& world, const Table& table, const Index& index) {
    return due(world, table) ? live(index) : index.counted;
}

}  // namespace sortkey
