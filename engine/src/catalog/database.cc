#include "catalog/database.h"

#include <algorithm>
#include <utility>

#include "catalog/statistics.h"
#include "catalog/time_to_live.h"

namespace sortkey {

namespace {

bool before_id(const std::pair<uint32_t, Table*>& entry, uint32_t id) { return entry.first < id; }

}  // namespace

Table* Database::touch(Table& table) {
    if (!table.touched) touched_.push_back(&table);
    table.touched = true;
    return &table;
}

const std::vector<Table*>& Database::touched() {
    std::sort(touched_.begin(), touched_.end(), [](const Table* a, const Table* b) { return a->name < b->name; });
    return touched_;
}

void Database::forget_touched() {
    for (Table* table : touched_) table->touched = false;
    touched_.clear();
    last_found_ = nullptr;
}

Table* Database::find(std::string_view name) {
    if (last_found_ && last_found_->name == name) return last_found_;
    const auto found = tables_.find(name);
    if (found == tables_.end()) return nullptr;
    last_found_ = touch(found->second);
    return last_found_;
}

Table* Database::find(uint32_t id) {
    const auto at = std::lower_bound(by_id_.begin(), by_id_.end(), id, before_id);
    return at != by_id_.end() && at->first == id ? touch(*at->second) : nullptr;
}

Table& Database::add(Table table, uint32_t restored_id) {
    // One of that name makes room: only stored bytes can say that there is one.
    if (const auto known = tables_.find(table.name); known != tables_.end()) forget(known->second);
    table.id = restored_id != 0 ? restored_id : next_id_;
    table.touched = false;
    table.count_held();
    next_id_ = std::max(next_id_, table.id + 1);
    std::string name = table.name;
    Table& added = tables_.insert_or_assign(std::move(name), std::move(table)).first->second;
    by_id_.insert(std::lower_bound(by_id_.begin(), by_id_.end(), added.id, before_id), {added.id, &added});
    return *touch(added);
}

void Database::forget(const Table& table) {
    std::erase(by_id_, std::pair(table.id, const_cast<Table*>(&table)));
    std::erase(touched_, &table);
    last_found_ = nullptr;
}

void Database::remove(uint32_t id) {
    Table* table = find(id);
    if (!table) return;
    removed_.push_back(id);
    forget(*table);
    tables_.erase(std::string(table->name));
}

std::vector<uint32_t> Database::take_removed() { return std::exchange(removed_, {}); }

void Database::schedule(EventKind kind, const Table& table, int64_t delay_micros, std::string detail) {
    world_.events.schedule({world_.now_micros + delay_micros, kind, region_, table.id, table.name, std::move(detail)});
}

namespace {

struct IndexEntry {
    std::string key;  // empty: not in the index
    std::string row;
    uint32_t size = 0;
};

IndexEntry entry_of(const Table& table, const Index& index, std::string_view encoded) {
    IndexEntry entry;
    const ItemView item(encoded);
    entry.key = index_row_key(index.keys, table.keys, item);
    if (entry.key.empty()) return entry;
    entry.row = projected_item(index, table.keys, item);
    entry.size = ItemView(entry.row).size();
    return entry;
}

void change_index(const Table& table, Index& index, const Record* before, const Record* after, Consumed& consumed) {
    const IndexEntry old_entry = before ? entry_of(table, index, before->value()) : IndexEntry{};
    const IndexEntry new_entry = after ? entry_of(table, index, after->value()) : IndexEntry{};
    if (old_entry.key.empty() && new_entry.key.empty()) return;
    const ArmKind kind = index.global ? ArmKind::Global : ArmKind::Local;
    const Record* item = after ? after : before;
    if (old_entry.key == new_entry.key) {
        if (old_entry.row == new_entry.row) return;
        consumed.write_entry(kind, index.name, {ChargedFor::EntryChanged, old_entry.size, new_entry.size, item});
    } else {
        if (!old_entry.key.empty()) {
            consumed.write_entry(kind, index.name, {ChargedFor::EntryRemoved, old_entry.size, 0, item});
            index.rows.erase(old_entry.key);
        }
        if (!new_entry.key.empty())
            consumed.write_entry(kind, index.name, {ChargedFor::EntryWritten, 0, new_entry.size, item});
    }
    if (!new_entry.key.empty()) index.rows.put(Record::make(new_entry.key, new_entry.row, new_entry.size));
}

// A change that leaves equal bytes is no change to those who read the stream.
void note_in_stream(Database& database, const Table& table, const Change& change) {
    if (table.stream == StreamView::Off) return;
    if (change.before && change.after && change.before->value() == change.after->value()) return;
    Stream* stream = database.streams().find(table.name, table.stream_label);
    if (!stream) return;
    stream->trim(change.at_micros);
    stream->records.append(change);
}

}  // namespace

const Record* apply_change(Database& database, Table& table, ItemChange change, Cause cause, bool transactional,
                           Consumed& consumed) {
    const uint32_t old_size = change.before ? change.before->weight() : 0;
    const uint32_t counted = change.size != 0 || change.removes ? change.size : ItemView(change.after).size();
    const uint32_t new_size = change.removes ? 0 : counted;
    if (change.removes && !change.before) {
        consumed.write_item({ChargedFor::AbsentItem}, transactional);
        return nullptr;
    }

    refresh_statistics(database.world(), table);
    RecordPtr after;
    if (change.removes) {
        consumed.write_item({ChargedFor::ItemDeleted, old_size, 0, change.before.get()}, transactional);
        table.items.erase(change.key);
    } else {
        after = Record::make(change.key, change.after, new_size);
        consumed.write_item({ChargedFor::ItemWritten, old_size, new_size, after.get()}, transactional);
        table.items.put(after);
    }
    for (Index& index : table.indexes) change_index(table, index, change.before.get(), after.get(), consumed);

    Change record;
    record.at_micros = database.world().now_micros;
    record.table = table.id;
    record.cause = cause;
    record.before = std::move(change.before);
    record.after = std::move(after);
    note_expiry(table, record.before.get(), record.after.get());
    note_in_stream(database, table, record);
    const Record* stored = record.after.get();
    database.log().append(std::move(record));
    return stored;
}

bool rebuild_index(Table& table, Index& index, uint64_t memory_limit) {
    index.rows.clear();
    OrderedMap::Cursor at(table.items);
    for (at.first(); at.valid() && HeldMemory::total() <= memory_limit; at.next()) {
        IndexEntry entry = entry_of(table, index, at.value());
        if (entry.key.empty()) continue;
        index.rows.put(Record::make(entry.key, entry.row, entry.size));
    }
    if (!at.valid()) return true;
    index.rows.clear();
    return false;
}

}  // namespace sortkey
