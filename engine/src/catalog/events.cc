#include "catalog/events.h"

#include "catalog/table_life.h"
#include "catalog/time_to_live.h"

namespace sortkey {
namespace {

bool index_event(Database& database, Table& table, const Event& event) {
    Index* index = table.find_index(event.detail);
    if (!index) return false;
    table.dirty = true;
    if (event.kind == EventKind::IndexBackfill) {
        index->backfilling = true;
        settle_table(database, table);
    } else if (event.kind == EventKind::IndexActive) {
        index->backfilling = false;
        index->status = TableStatus::Active;
    } else {
        drop_index(table, event.detail);
        if (table.status == TableStatus::Updating) settle_table(database, table);
    }
    return true;
}

bool sweep_event(Database& database, Table& table, Event& event) {
    const size_t removed = sweep_expired(database, table);
    event.detail = std::to_string(removed) + (removed == 1 ? " item" : " items");
    return removed > 0;
}

}  // namespace

bool run_event(Account& account, Event& event) {
    Database& database = account.region(event.region);
    if (event.kind == EventKind::StreamTrim) {
        // The stream may be all that is left of its table.
        Stream* stream = database.streams().find(event.table_name, event.detail);
        if (stream) database.streams().erase(*stream);
        return stream != nullptr;
    }
    Table* table = database.find(event.table);
    if (!table) return false;
    switch (event.kind) {
        case EventKind::TableActive:
            settle_table(database, *table);
            return true;
        case EventKind::TableDeleted:
            drop_table(database, *table);
            return true;
        case EventKind::IndexBackfill:
        case EventKind::IndexActive:
        case EventKind::IndexDeleted:
            return index_event(database, *table, event);
        case EventKind::TimeToLiveActive:
            settle_time_to_live(database, *table);
            return true;
        case EventKind::TimeToLiveSweep:
            return sweep_event(database, *table, event);
        case EventKind::StreamTrim:
            break;
    }
    return false;
}

}  // namespace sortkey
