#include "operations/several_tables.h"

namespace sortkey {

Result<Table*> TableList::add(Call& call, std::string_view name) {
    for (const Entry& entry : entries_)
        if (entry.name == name) return entry.table;
    Table* table = named_table(call, name);
    if (!table || !table->readable()) return Error::make(ErrorCode::ResourceNotFound, "Requested resource not found");
    for (const Entry& entry : entries_)
        if (entry.table == table) return table;
    if (entries_.empty()) call.trace.table = table->name;
    entries_.push_back({name, table});
    return table;
}

void write_consumed_list(Call& call, ObjectWriter& answer, const TableList& tables, bool split) {
    const CapacityMode mode = capacity_mode(call.input);
    if (mode == CapacityMode::None) return;
    std::string& json = answer.member("ConsumedCapacity");
    json += '[';
    bool first = true;
    for (const TableList::Entry& entry : tables.entries()) {
        if (!first) json += ',';
        first = false;
        call.charge(*entry.table).write_json(json, entry.name, mode == CapacityMode::Indexes, split);
    }
    json += ']';
}

void ChangedCollections::add(Call& call, std::string_view table_name, const Table& table, ItemView item) {
    if (text_of(call.input.find("ReturnItemCollectionMetrics")) != "SIZE" || !table.has_local_indexes()) return;
    const std::string_view hash = table.keys.hash[0].name;
    for (const Collection& known : collections_)
        if (known.table == &table && ItemView(known.key).find(hash) == item.find(hash)) return;
    collections_.push_back({table_name, &table, key_of(table.keys, item)});
}

void ChangedCollections::write(ObjectWriter& answer) const {
    if (collections_.empty()) return;
    ObjectWriter by_table(answer.member("ItemCollectionMetrics"));
    for (size_t i = 0; i < collections_.size(); ++i) {
        const Table* table = collections_[i].table;
        bool done = false;
        for (size_t j = 0; j < i && !done; ++j) done = collections_[j].table == table;
        if (done) continue;
        std::string& json = by_table.member(collections_[i].table_name);
        json += '[';
        for (size_t j = i; j < collections_.size(); ++j) {
            if (collections_[j].table != table) continue;
            if (j > i) json += ',';
            append_collection_metrics(json, *table, ItemView(collections_[j].key));
        }
        json += ']';
    }
    by_table.close();
}

}  // namespace sortkey
