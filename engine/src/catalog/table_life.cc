#include "catalog/table_life.h"

#include <algorithm>

namespace sortkey {
namespace {

void settle_throughput(Throughput& throughput, std::optional<Throughput>& next, ThroughputHistory& history,
                       int64_t now_micros) {
    if (!next) return;
    history.note(throughput, *next, now_micros);
    throughput = *next;
    next.reset();
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
