#include "catalog/table_life.h"

#include <algorithm>

#include "catalog/time_to_live.h"

namespace sortkey {
namespace {

void settle_throughput(Throughput& throughput, std::optional<Throughput>& next, ThroughputHistory& history,
                       int64_t now_micros) {
    if (!next) return;
    history.note(throughput, *next, now_micros);
    throughput = *next;
    next.reset();
}

// Whether the event that ends a change is to come.
bool awaits(Database& database, const Table& table, EventKind kind, std::string_view detail = {}) {
    return database.world().events.holds(kind, database.region(), table.id, detail);
}

void settle_abandoned(Database& database, Table& table) {
    bool index_awaits = false;
    for (Index& index : table.indexes) {
        if (awaits(database, table, EventKind::IndexActive, index.name) ||
            awaits(database, table, EventKind::IndexDeleted, index.name)) {
            index_awaits = true;
        } else if (index.status != TableStatus::Active) {
            index.status = TableStatus::Active;
            index.backfilling = false;
        }
    }
    if (table.status != TableStatus::Active && !index_awaits && !awaits(database, table, EventKind::TableActive) &&
        !awaits(database, table, EventKind::TableDeleted))
        settle_table(database, table);
    const bool toggles =
        table.time_to_live == TimeToLiveStatus::Enabling || table.time_to_live == TimeToLiveStatus::Disabling;
    if (toggles && !awaits(database, table, EventKind::TimeToLiveActive)) settle_time_to_live(database, table);
    if (table.time_to_live == TimeToLiveStatus::Enabled && !awaits(database, table, EventKind::TimeToLiveSweep))
        reschedule_sweep(database, table);
}

// A closed stream goes by an event, which names it; another one for the same stream does nothing.
void settle_abandoned(Database& database, const Stream& stream) {
    if (!stream.closed()) return;
    database.world().events.schedule({stream.closed_micros + kStreamRetentionMicros, EventKind::StreamTrim,
                                      database.region(), 0, stream.table_name, stream.label});
}

}  // namespace

void settle_table(Database& database, Table& table) {
    const int64_t now = database.world().now_micros;
    table.status = TableStatus::Active;
    table.dirty = true;
    settle_throughput(table.throughput, table.next_throughput, table.history, now);
    for (Index& index : table.indexes) {
        settle_throughput(index.throughput, index.next_throughput, index.history, now);
        if (index.status == TableStatus::Updating) index.status = TableStatus::Active;
    }
    settle_streams(database, table.name);
}

void drop_table(Database& database, Table& table) {
    const std::string name = table.name;
    close_stream(database, table);
    settle_streams(database, name);
    database.remove(table.id);
}

void settle_abandoned(Account& account) {
    for (auto& [region, database] : account.regions) {
        for (auto& [name, table] : database.tables()) settle_abandoned(database, table);
        for (const auto& [key, stream] : database.streams().all()) settle_abandoned(database, stream);
    }
}

void drop_index(Table& table, std::string_view name) {
    std::erase_if(table.indexes, [&](const Index& index) { return index.name == name; });
    drop_unused_definitions(table);
    table.dirty = true;
}

void drop_unused_definitions(Table& table) {
    std::erase_if(table.attributes, [&](const KeyAttribute& definition) {
        if (table.keys.find(definition.name)) return false;
        return std::none_of(table.indexes.begin(), table.indexes.end(),
                            [&](const Index& index) { return index.keys.find(definition.name) != nullptr; });
    });
}

}  // namespace sortkey
