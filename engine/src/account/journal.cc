#include "account/journal.h"

#include <vector>

#include "account/frames.h"
#include "account/stream_records.h"
#include "catalog/table_record.h"
#include "catalog/time_to_live.h"
#include "json/document.h"
#include "json/object_writer.h"
#include "model/well_formed.h"

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

// A record's typed members; anything else in their place reads as absent, as stored bytes are not trusted.
std::string_view string_in(json::Node object, std::string_view name) {
    const json::Node node = object.find(name);
    return node && node.kind() == json::Kind::String ? node.text() : std::string_view();
}

int64_t integer_in(json::Node object, std::string_view name, int64_t otherwise) {
    const json::Node node = object.find(name);
    return node && node.kind() == json::Kind::Integer ? node.integer() : otherwise;
}

bool apply_world(Account& account, std::string_view text) {
    json::Document document;
    if (!document.parse(text) || document.root().kind() != json::Kind::Object) return false;
    const json::Node record = document.root();
    World& world = account.world;
    world.now_micros = integer_in(record, "now", world.now_micros);
    world.settings.seed = static_cast<uint64_t>(integer_in(record, "seed", 1));
    world.settings.table_delay_micros = integer_in(record, "tableDelay", world.settings.table_delay_micros);
    world.settings.time_to_live_delay_micros =
        integer_in(record, "timeToLiveDelay", world.settings.time_to_live_delay_micros);
    world.settings.transaction_micros = integer_in(record, "transaction", 0);
    world.settings.wording = string_in(record, "wording") == "older" ? Wording::older : Wording::newer;
    if (const json::Node random = record.find("random"); random && random.kind() == json::Kind::Array) {
        std::array<uint64_t, 4> state = world.random.state();
        size_t i = 0;
        for (const json::Node::Member word : random.elements())
            if (i < 4 && word.value.kind() == json::Kind::String) state[i++] = to_unsigned(word.value.text());
        world.random.restore(state);
    }
    if (const json::Node regions = record.find("regions"); regions && regions.kind() == json::Kind::Array) {
        for (const json::Node::Member element : regions.elements()) {
            if (element.value.kind() != json::Kind::Object) continue;
            Database& database = account.region(string_in(element.value, "name"));
            database.log().restart(static_cast<uint64_t>(integer_in(element.value, "nextChange", 1)));
            database.reserve_ids(static_cast<uint32_t>(integer_in(element.value, "nextTable", 1)));
            database.tokens().read(element.value.find("tokens"));
        }
    }
    world.events.clear();
    if (const json::Node events = record.find("events"); events && events.kind() == json::Kind::Array) {
        for (const json::Node::Member element : events.elements()) {
            Event event;
            if (element.value.kind() != json::Kind::Object || !event_kind(string_in(element.value, "kind"), event.kind))
                continue;
            event.at_micros = integer_in(element.value, "at", 0);
            event.region = string_in(element.value, "region");
            event.table = static_cast<uint32_t>(integer_in(element.value, "table", 0));
            event.table_name = string_in(element.value, "name");
            event.detail = string_in(element.value, "detail");
            world.events.schedule(std::move(event));
        }
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
            if (!table || !is_well_formed_item(item) || !has_key(*table, key, ItemView(item))) return false;
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
                if (!reader.ok()) return false;
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

    static bool has_key(const Table& table, std::string_view key, ItemView item) {
        for (size_t i = 0; i < table.keys.size(); ++i) {
            const ValueView value = item.find(table.keys.at(i).name);
            if (!value || value.type() != table.keys.at(i).type) return false;
        }
        return table_row_key(table.keys, item) == key;
    }

    bool table_record(std::string_view text) {
        json::Document document;
        Table table;
        if (!database_ || !document.parse(text) || !read_table_record(document.root(), table)) return false;
        if (Table* known = database_->find(table.id)) {
            table.items = std::move(known->items);
            table.meter = std::move(known->meter);
            if (known->name != table.name) return false;
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
    follow(account);
    world_ = std::move(world);
    FrameWriter writer(out);
    writer.record('W');
    writer.text(world_);
    for (auto& [name, database] : account.regions) drain_region(database, writer);
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
        for (const auto& [table_name, table] : database.tables()) {
            OrderedMap::Cursor at(table.items);
            for (at.first(); at.valid(); at.next()) {
                writer.record('P');
                writer.number(table.id);
                writer.text(at.key());
                writer.text(at.value());
                if (writer.boundary()) {
                    writer.record('R');
                    writer.text(name);
                }
            }
        }
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
