#include "account/journal.h"

#include <algorithm>
#include <vector>

#include "account/frames.h"
#include "account/stream_records.h"
#include "catalog/table_record.h"
#include "catalog/time_to_live.h"
#include "json/document.h"
#include "json/object_writer.h"
#include "json/stored.h"
#include "model/well_formed.h"
#include "support/utf8.h"

namespace sortkey {
namespace {

constexpr size_t kChangesAtOnce = 1024;

std::string world_record(const Account& account) {
    const World& world = account.world;
    std::string json;
    ObjectWriter object(json);
    object.integer("now", world.now_micros);
    object.integer("seed", static_cast<int64_t>(world.settings.seed));
    object.integer("tableDelay", world.settings.table_delay_micros);
    object.integer("timeToLiveDelay", world.settings.time_to_live_delay_micros);
    object.integer("transaction", world.settings.transaction_micros);
    object.text("wording", world.settings.wording == Wording::older ? "older" : "newer");
    std::string& random = object.member("random");
    random += '[';
    for (size_t i = 0; i < 4; ++i) {
        if (i > 0) random += ',';
        random += '"' + std::to_string(world.random.state()[i]) + '"';
    }
    random += ']';
    std::string& regions = object.member("regions");
    regions += '[';
    bool first = true;
    for (const auto& [name, database] : account.regions) {
        if (!first) regions += ',';
        first = false;
        ObjectWriter region(regions);
        region.text("name", name);
        region.integer("nextChange", static_cast<int64_t>(database.log().next_sequence()));
        region.integer("nextTable", database.next_id());
        database.tokens().write(region.member("tokens"), world.now_micros);
        region.close();
    }
    regions += ']';
    std::string& events = object.member("events");
    events += '[';
    first = true;
    world.events.for_each([&](const Event& event) {
        if (!first) events += ',';
        first = false;
        ObjectWriter entry(events);
        entry.integer("at", event.at_micros);
        entry.text("kind", event_name(event.kind));
        entry.text("region", event.region);
        entry.integer("table", event.table);
        entry.text("name", event.table_name);
        entry.text("detail", event.detail);
        entry.close();
    });
    events += ']';
    object.close();
    return json;
}

uint64_t to_unsigned(std::string_view digits) {
    uint64_t value = 0;
    for (const char c : digits)
        if (c >= '0' && c <= '9') value = value * 10 + static_cast<uint64_t>(c - '0');
    return value;
}

bool apply_world(Account& account, std::string_view text) {
    json::Document document;
    if (!document.parse(text) || document.root().kind() != json::Kind::Object) return false;
    const json::Node record = document.root();
    World& world = account.world;
    const auto micros_in = [&](std::string_view name, int64_t otherwise) {
        return std::clamp<int64_t>(json::integer_in(record, name, otherwise), 0, kEndMicros);
    };
    world.now_micros = micros_in("now", world.now_micros);
    world.settings.seed = static_cast<uint64_t>(json::integer_in(record, "seed", 1));
    world.settings.table_delay_micros = micros_in("tableDelay", world.settings.table_delay_micros);
    world.settings.time_to_live_delay_micros = micros_in("timeToLiveDelay", world.settings.time_to_live_delay_micros);
    world.settings.transaction_micros = micros_in("transaction", 0);
    world.settings.wording = json::text_in(record, "wording") == "older" ? Wording::older : Wording::newer;
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
    return true;
}

// Applies records; runs of items of one table are gathered, because a table is built fastest in one go.
class Restorer {
public:
    explicit Restorer(Account& account) : account_(account) {}

    /// False when the payload holds something impossible; what came before it is applied.
    bool apply(std::string_view payload, size_t& records) {
        RecordReader reader(payload);
        while (!reader.done()) {
            if (!apply_record(reader)) {
                flush();
                return false;
            }
            ++records;
        }
        return true;
    }

    /// Puts gathered items in place and rebuilds what is derived.
    void finish() {
        flush();
        for (auto& [region, database] : account_.regions) {
            for (auto& [name, table] : database.tables()) {
                table.dirty = false;
                table.size_bytes = 0;
                OrderedMap::Cursor at(table.items);
                for (at.first(); at.valid(); at.next()) table.size_bytes += ItemView(at.value()).size();
                for (Index& index : table.indexes) rebuild_index(table, index);
                rebuild_expiries(table);
            }
            database.take_removed();
            finish_streams(database);
        }
    }

private:
    bool apply_record(RecordReader& reader) {
        const char tag = reader.tag();
        if (tag == 'P') {
            const auto id = static_cast<uint32_t>(reader.number());
            const std::string_view key = reader.text();
            const std::string_view item = reader.text();
            Table* table = reader.ok() ? gathering(id) : nullptr;
            if (!table || !is_well_formed_item(item) || !belongs(*table, key, ItemView(item))) return false;
            gathered_.push_back(Record::make(key, item));
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
                return stream_ && read_stream_change(reader, *stream_);
            case 'W': {
                const std::string_view text = reader.text();
                return reader.ok() && apply_world(account_, text);
            }
            case 'T':
                return table_record(reader.text()) && reader.ok();
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
                return false;
        }
    }

    static bool belongs(const Table& table, std::string_view key, ItemView item) {
        return has_key(table.keys, item) && table_row_key(table.keys, item) == key;
    }

    bool table_record(std::string_view text) {
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

    Table* gathering(uint32_t id) {
        if (!database_) return nullptr;
        if (gathering_ && gathering_id_ == id) return gathering_;
        flush();
        gathering_ = database_->find(id);
        gathering_id_ = id;
        return gathering_;
    }

    void flush() {
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

    Account& account_;
    Database* database_ = nullptr;
    Stream* stream_ = nullptr;
    Table* gathering_ = nullptr;
    uint32_t gathering_id_ = 0;
    std::vector<RecordPtr> gathered_;
};

}  // namespace

void Journal::follow(Account& account) {
    for (auto& [name, database] : account.regions)
        if (readers_.find(name) == readers_.end()) readers_.emplace(name, database.log().open_reader());
}

void Journal::write_items(const Database& database, FrameWriter& writer) {
    for (const auto& [table_name, table] : database.tables()) {
        OrderedMap::Cursor at(table.items);
        for (at.first(); at.valid(); at.next()) {
            writer.record('P');
            writer.number(table.id);
            writer.text(at.key());
            writer.text(at.value());
            if (writer.boundary()) {
                writer.record('R');
                writer.text(database.region());
            }
        }
    }
}

void Journal::drain_region(Database& database, FrameWriter& writer) {
    writer.record('R');
    writer.text(database.region());
    for (auto& [name, table] : database.tables()) {
        if (!table.dirty) continue;
        table.dirty = false;
        std::string record;
        write_table_record(record, table);
        writer.record('T');
        writer.text(record);
    }
    const ReaderId reader = readers_.find(database.region())->second;
    for (;;) {
        const std::vector<Change> changes = database.log().read(reader, kChangesAtOnce);
        if (changes.empty()) break;
        uint32_t known_id = 0;
        bool known = false;
        for (const Change& change : changes) {
            if (change.table != known_id) {
                known_id = change.table;
                known = database.find(change.table) != nullptr;
            }
            if (!known) continue;  // the table is gone, and so are its items
            writer.record(change.after ? 'P' : 'D');
            writer.number(change.table);
            writer.text((change.after ? change.after : change.before)->key());
            if (change.after) writer.text(change.after->value());
        }
    }
    for (const auto& [name, table] : database.tables()) {
        auto& written = meters_[{database.region(), table.id}];
        const std::pair<uint64_t, uint64_t> now{table.meter.read_halves(), table.meter.write_halves()};
        if (written == now) continue;
        written = now;
        writer.record('M');
        writer.number(table.id);
        writer.number(now.first);
        writer.number(now.second);
    }
    for (auto& [key, stream] : database.streams().all()) write_stream_changes(writer, stream);
    for (const uint32_t id : database.take_removed()) {
        meters_.erase({database.region(), id});
        writer.record('X');
        writer.number(id);
    }
}

void Journal::stop(Account& account) {
    if (stopped_) return;
    stopped_ = true;
    for (auto& [name, database] : account.regions)
        if (const auto reader = readers_.find(name); reader != readers_.end())
            database.log().close_reader(reader->second);
    readers_.clear();
}

void Journal::drain(Account& account, std::string& out) {
    if (stopped_) {
        stopped_ = false;
        return snapshot(account, out);
    }
    if (account.resets != resets_) {
        readers_.clear();
        meters_.clear();
        resets_ = account.resets;
        world_.clear();
        FrameWriter writer(out);
        writer.record('Z');
        writer.flush();
    }
    std::string world = world_record(account);
    bool changed = world != world_;
    for (auto& [name, database] : account.regions) {
        if (changed) break;
        const auto reader = readers_.find(name);
        changed = reader == readers_.end() || database.log().pending(reader->second) > 0 || database.has_removed() ||
                  streams_changed(database);
        for (const auto& [table_name, table] : database.tables()) {
            const auto written = meters_.find({name, table.id});
            changed = changed || table.dirty || written == meters_.end() ||
                      written->second != std::pair(table.meter.read_halves(), table.meter.write_halves());
        }
    }
    if (!changed) return;
    // A Region that nobody followed yet has changes that no log kept: its items are written as they are.
    std::vector<const Database*> unfollowed;
    for (const auto& [name, database] : account.regions)
        if (!readers_.contains(name)) unfollowed.push_back(&database);
    follow(account);
    world_ = std::move(world);
    FrameWriter writer(out);
    writer.record('W');
    writer.text(world_);
    for (auto& [name, database] : account.regions) {
        drain_region(database, writer);
        if (std::find(unfollowed.begin(), unfollowed.end(), &database) != unfollowed.end())
            write_items(database, writer);
    }
    writer.flush();
}

void Journal::snapshot(Account& account, std::string& out) {
    for (auto& [name, database] : account.regions)
        if (const auto reader = readers_.find(name); reader != readers_.end())
            database.log().close_reader(reader->second);
    readers_.clear();
    meters_.clear();
    resets_ = account.resets;
    world_ = world_record(account);
    for (auto& [name, database] : account.regions) {
        readers_.emplace(name, database.log().open_reader());
        for (auto& [table_name, table] : database.tables()) table.dirty = true;
        for (auto& [key, stream] : database.streams().all()) stream.dirty = true, stream.journaled = 1;
    }
    FrameWriter writer(out);
    writer.record('Z');
    writer.record('W');
    writer.text(world_);
    for (auto& [name, database] : account.regions) {
        drain_region(database, writer);
        write_items(database, writer);
    }
    writer.flush();
}

RestoreReport Journal::restore(Account& account, std::string_view bytes) {
    RestoreReport report;
    report.bytes = bytes.size();
    Restorer restorer(account);
    size_t offset = 0;
    for (;;) {
        std::string_view payload;
        int version = 0;
        const FrameFault fault = read_frame(bytes, offset, payload, version);
        report.format = version > report.format ? version : report.format;
        if (fault == FrameFault::End) break;
        if (fault != FrameFault::None) {
            report.ok = fault != FrameFault::NewerFormat;
            report.damage = fault_text(fault, version);
            break;
        }
        const bool good = restorer.apply(payload, report.records);
        report.bytes_read = offset;
        if (!good) {
            report.damage = "a record that cannot be applied";
            break;
        }
        ++report.frames;
    }
    restorer.finish();
    readers_.clear();
    meters_.clear();
    resets_ = account.resets;
    follow(account);
    for (const auto& [name, database] : account.regions)
        for (const auto& [table_name, table] : database.tables())
            meters_[{name, table.id}] = {table.meter.read_halves(), table.meter.write_halves()};
    world_ = world_record(account);
    return report;
}

}  // namespace sortkey
