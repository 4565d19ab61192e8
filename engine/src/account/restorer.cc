#include "account/restorer.h"

#include <algorithm>
#include <array>

#include "account/stream_records.h"
#include "catalog/table_life.h"
#include "catalog/table_record.h"
#include "catalog/time_to_live.h"
#include "json/document.h"
#include "json/stored.h"
#include "model/well_formed.h"
#include "support/utf8.h"

namespace sortkey {
namespace {

uint64_t to_unsigned(std::string_view digits) {
    uint64_t value = 0;
    for (const char c : digits)
        if (c >= '0' && c <= '9') value = value * 10 + static_cast<uint64_t>(c - '0');
    return value;
}

void apply_world(Account& account, json::Node record) {
    World& world = account.world;
    const auto micros_in = [&](std::string_view name, int64_t otherwise) {
        return std::clamp<int64_t>(json::integer_in(record, name, otherwise), 0, kEndMicros);
    };
    world.now_micros = micros_in("now", world.now_micros);
    world.settings.seed = static_cast<uint64_t>(json::integer_in(record, "seed", 1));
    world.settings.table_delay_micros = micros_in("tableDelay", world.settings.table_delay_micros);
    world.settings.time_to_live_delay_micros = micros_in("timeToLiveDelay", world.settings.time_to_live_delay_micros);
    const int64_t sweep = micros_in("timeToLiveSweep", kSweepMicros);
    world.settings.time_to_live_sweep_micros = sweep == 0 ? 0 : std::max(sweep, kShortestSweepMicros);
    world.settings.table_statistics_micros = micros_in("tableStatistics", world.settings.table_statistics_micros);
    world.settings.transaction_micros = micros_in("transaction", 0);
    world.settings.wording = wording_profile(json::text_in(record, "wording"));
    std::array<uint64_t, 4> state = world.random.state();
    size_t i = 0;
    for (const json::Node::Member word : json::elements_in(record, "random"))
        if (i < state.size()) state[i++] = to_unsigned(json::stored_text(word.value));
    world.random.restore(state);
    for (const json::Node::Member element : json::elements_in(record, "regions")) {
        const std::string_view name = json::text_in(element.value, "name");
        if (name.empty()) continue;
        Database& database = account.region(name);
        database.log().restart(static_cast<uint64_t>(json::integer_in(element.value, "nextChange", 1)));
        database.reserve_ids(static_cast<uint32_t>(json::integer_in(element.value, "nextTable", 1)));
        database.tokens().read(json::stored_member(element.value, "tokens"));
    }
    world.events.clear();
    for (const json::Node::Member element : json::elements_in(record, "events")) {
        Event event;
        if (!event_kind(json::text_in(element.value, "kind"), event.kind)) continue;
        event.at_micros = json::integer_in(element.value, "at");
        event.region = json::text_in(element.value, "region");
        event.table = static_cast<uint32_t>(json::integer_in(element.value, "table"));
        event.table_name = json::text_in(element.value, "name");
        event.detail = json::text_in(element.value, "detail");
        world.events.schedule(std::move(event));
    }
}

bool belongs(const Table& table, std::string_view key, ItemView item) {
    return has_key(table.keys, item) && table_row_key(table.keys, item) == key;
}

}  // namespace

void Restorer::apply(std::string_view payload, size_t offset) {
    frame_ = offset;
    RecordReader reader(payload);
    size_t first = 0;
    size_t bytes = 0;
    size_t refused = 0;
    while (!reader.done() && report_.ok) {
        const size_t at = payload.size() - reader.left();
        if (apply_record(reader)) {
            ++report_.records;
            continue;
        }
        if (refused++ == 0) first = offset + kFrameHeaderBytes + at;
        // Where an unknown record ends nobody knows.
        bytes += reader.ok() ? payload.size() - reader.left() - at : payload.size() - at;
        if (!reader.ok()) break;
    }
    flush();
    check_memory(false);
    report_.records_skipped += refused;
    if (refused == 1) report_.skip(first, bytes, "a record that cannot be applied");
    if (refused > 1) report_.skip(first, bytes, std::to_string(refused) + " records that cannot be applied");
}

void Restorer::finish() {
    flush();
    bool over = false;
    for (auto& [region, database] : account_.regions) {
        for (auto& [name, table] : database.tables()) {
            for (Index& index : table.indexes) over = !rebuild_index(table, index, kMemoryLimitMax) || over;
            rebuild_expiries(table);
        }
        finish_streams(database);
    }
    check_memory(over);
    if (!report_.damages.empty()) settle_abandoned(account_);
}

void Restorer::lost() {
    lost_ = true;
    // The next frame names the Region and the stream it is about.
    flush();
    database_ = nullptr;
    stream_ = nullptr;
}

void Restorer::check_memory(bool over) {
    if ((!over && HeldMemory::total() <= kMemoryLimitMax) || !report_.ok) return;
    report_.ok = false;
    report_.skip(frame_, 0,
                 "it takes more than the " + std::to_string(kMemoryLimitMax >> 20) + " MB that this engine may hold");
}

// An entry that is missing took its changes along, though every frame that is here is sound.
void Restorer::note_entry(uint64_t entry) {
    if (entry_ != 0 && entry > entry_ + 1 && !lost_) {
        const uint64_t missing = entry - entry_ - 1;
        report_.frames_skipped += static_cast<size_t>(missing);
        report_.skip(frame_, 0,
                     missing == 1 ? "an entry of the journal is missing before this one"
                                  : std::to_string(missing) + " entries of the journal are missing before this one");
    }
    entry_ = entry;
    lost_ = false;
}

bool Restorer::apply_record(RecordReader& reader) {
    const char tag = reader.tag();
    if (tag == 'P') {
        const auto id = static_cast<uint32_t>(reader.number());
        const std::string_view key = reader.text();
        const std::string_view item = reader.text();
        Table* table = reader.ok() ? gathering(id) : nullptr;
        if (!table || !is_well_formed_item(item) || !belongs(*table, key, ItemView(item))) return false;
        gathered_.push_back(item_record(key, item));
        return true;
    }
    flush();
    switch (tag) {
        case 'Z':
            account_.reset();
            database_ = nullptr;
            stream_ = nullptr;
            return true;
        case 'R': {
            const std::string_view region = reader.text();
            if (!reader.ok() || region.empty() || !is_utf8(region)) return false;
            database_ = &account_.region(region);
            stream_ = nullptr;
            return true;
        }
        case 'S': {
            const std::string_view text = reader.text();
            stream_ = reader.ok() && database_ ? read_stream_record(text, *database_) : nullptr;
            return stream_ != nullptr;
        }
        case 'C':
            return read_stream_change(reader, stream_);
        case 'W': {
            const std::string_view text = reader.text();
            return reader.ok() && world_record(text);
        }
        case 'T': {
            const std::string_view text = reader.text();
            return reader.ok() && table_record(text);
        }
        case 'D': {
            const auto id = static_cast<uint32_t>(reader.number());
            const std::string_view key = reader.text();
            Table* table = reader.ok() && database_ ? database_->find(id) : nullptr;
            if (!table) return false;
            table->items.erase(key);
            return true;
        }
        case 'X': {
            const auto id = static_cast<uint32_t>(reader.number());
            if (!reader.ok() || !database_) return false;
            database_->remove(id);
            return true;
        }
        case 'M': {
            const auto id = static_cast<uint32_t>(reader.number());
            const uint64_t read = reader.number();
            const uint64_t write = reader.number();
            Table* table = reader.ok() && database_ ? database_->find(id) : nullptr;
            if (!table) return false;
            table->meter.restore_totals(read, write);
            return true;
        }
        default:
            reader.fail();
            return false;
    }
}

bool Restorer::world_record(std::string_view text) {
    json::Document document;
    if (!document.parse(text) || document.root().kind() != json::Kind::Object) return false;
    apply_world(account_, document.root());
    const int64_t entry = json::integer_in(document.root(), "entry");
    if (entry > 0) note_entry(static_cast<uint64_t>(entry));
    return true;
}

bool Restorer::table_record(std::string_view text) {
    json::Document document;
    Table table;
    if (!database_ || !document.parse(text) || !read_table_record(document.root(), table)) return false;
    if (Table* known = database_->find(table.id)) {
        // A table keeps its name and its key for life.
        if (known->name != table.name || known->keys != table.keys) return false;
        table.items = std::move(known->items);
        table.meter = std::move(known->meter);
    }
    const uint32_t id = table.id;
    database_->add(std::move(table), id);
    return true;
}

Table* Restorer::gathering(uint32_t id) {
    if (!database_) return nullptr;
    if (gathering_ && gathering_id_ == id) return gathering_;
    flush();
    gathering_ = database_->find(id);
    gathering_id_ = id;
    return gathering_;
}

void Restorer::flush() {
    if (gathering_ && !gathered_.empty()) {
        if (gathering_->items.empty()) {
            gathering_->items = OrderedMap::from_sorted(gathered_);
        } else {
            for (RecordPtr& record : gathered_) gathering_->items.put(std::move(record));
        }
    }
    gathered_.clear();
    gathering_ = nullptr;
}

}  // namespace sortkey
