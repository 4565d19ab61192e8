#include "catalog/events.h"

namespace sortkey {

bool run_event(Account& account, const Event& event) {
    Database& database = account.region(event.region);
    Table* table = database.find(event.table);
    if (!table) return false;
    switch (event.kind) {
        case EventKind::TableActive:
            table->status = TableStatus::Active;
            break;
        case EventKind::TableDeleted:
            database.remove(table->id);
            return true;
        default:
            return false;
    }
    table->dirty = true;
    return true;
}

}  // namespace sortkey
