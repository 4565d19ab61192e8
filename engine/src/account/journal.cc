#include "account/journal.h"

#include <algorithm>
#include <vector>

#include "account/frames.h"
#include "account/restorer.h"
#include "account/stream_records.h"
#include "catalog/table_record.h"
#include "json/object_writer.h"

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
    object.integer("timeToLiveSweep", world.settings.time_to_live_sweep_micros);
    object.integer("tableStatistics", world.settings.table_statistics_micros);
    object.integer("transaction", world.settings.transaction_micros);
    object.text("wording", wording_name(world.settings.wording));
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

// Each W record tells which entry of the journal it begins.
std::string numbered(const std::string& world, uint64_t entry) {
    return world.substr(0, world.size() - 1) + ",\"entry\":" + std::to_string(entry) + "}";
}

void write_region(const Database& database, FrameWriter& writer) {
    writer.record('R');
    writer.text(database.region());
}

void write_items(const Database& database, FrameWriter& writer) {
    for (const auto& [table_name, table] : database.tables()) {
        OrderedMap::Cursor at(table.items);
        for (at.first(); at.valid(); at.next()) {
            writer.record('P');
            writer.number(table.id);
            writer.text(at.key());
            writer.text(at.value());
            if (writer.boundary()) write_region(database, writer);
        }
    }
}

}  // namespace

void Journal::follow(Account& account) {
    for (auto& [name, database] : account.regions)
        if (readers_.find(name) == readers_.end()) readers_.emplace(name, database.log().open_reader());
}

void Journal::drain_region(Database& database, FrameWriter& writer) {
    write_region(database, writer);
    for (Table* table : database.touched()) {
        if (!table->dirty) continue;
        table->dirty = false;
        std::string record;
        write_table_record(record, *table);
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
    for (const Table* table : database.touched()) {
        auto& written = meters_[{database.region(), table->id}];
        const std::pair<uint64_t, uint64_t> now{table->meter.read_halves(), table->meter.write_halves()};
        if (written == now) continue;
        written = now;
        writer.record('M');
        writer.number(table->id);
        writer.number(now.first);
        writer.number(now.second);
    }
    for (auto& [key, stream] : database.streams().all()) write_stream_changes(writer, stream);
    for (const uint32_t id : database.take_removed()) {
        meters_.erase({database.region(), id});
        writer.record('X');
        writer.number(id);
    }
    database.forget_touched();
}

void Journal::stop(Account& account) {
    if (stopped_) return;
    stopped_ = true;
    snapshot_.reset();
    for (auto& [name, database] : account.regions)
        if (const auto reader = readers_.find(name); reader != readers_.end())
            database.log().close_reader(reader->second);
    readers_.clear();
}

bool Journal::changed(Account& account, const std::string& world) {
    if (stopped_ || account.resets != resets_ || world != world_) return true;
    for (auto& [name, database] : account.regions) {
        const auto reader = readers_.find(name);
        if (reader == readers_.end() || database.log().pending(reader->second) > 0 || database.has_removed() ||
            streams_changed(database))
            return true;
        for (const Table* table : database.touched()) {
            const auto written = meters_.find({name, table->id});
            if (table->dirty || written == meters_.end() ||
                written->second != std::pair(table->meter.read_halves(), table->meter.write_halves()))
                return true;
        }
        database.forget_touched();
    }
    return false;
}

void Journal::drain(Account& account, std::string& out) {
    if (stopped_) {
        begin_snapshot(account);
        write_snapshot(out, 0);
        return;
    }
    std::string world = world_record(account);
    if (!changed(account, world)) return;
    FrameWriter writer(out);
    if (account.resets != resets_) {
        readers_.clear();
        meters_.clear();
        snapshot_.reset();
        resets_ = account.resets;
        writer.record('Z');
        writer.flush();
    }
    // A Region that nobody followed yet has changes that no log kept: its items are written as they are.
    std::vector<const Database*> unfollowed;
    for (const auto& [name, database] : account.regions)
        if (!readers_.contains(name)) unfollowed.push_back(&database);
    follow(account);
    writer.record('W');
    writer.text(numbered(world, ++entries_));
    world_ = std::move(world);
    for (auto& [name, database] : account.regions) {
        drain_region(database, writer);
        if (std::find(unfollowed.begin(), unfollowed.end(), &database) != unfollowed.end())
            write_items(database, writer);
    }
    writer.flush();
}

void Journal::begin_snapshot(Account& account) {
    std::string world = world_record(account);
    // What was not drained is in the snapshot only: a journal that goes on without it misses an entry.
    if (changed(account, world)) ++entries_;
    stopped_ = false;
    for (auto& [name, database] : account.regions)
        if (const auto reader = readers_.find(name); reader != readers_.end())
            database.log().close_reader(reader->second);
    readers_.clear();
    snapshot_.emplace(account, numbered(world, entries_));
    world_ = std::move(world);
    settle(account);
}

bool Journal::write_snapshot(std::string& out, size_t bytes_max) {
    if (!snapshot_) return false;
    const bool more = snapshot_->write(out, bytes_max);
    if (!more) snapshot_.reset();
    return more;
}

// Everything counts as written from here on.
void Journal::settle(Account& account) {
    resets_ = account.resets;
    meters_.clear();
    follow(account);
    for (auto& [name, database] : account.regions) {
        for (auto& [table_name, table] : database.tables()) {
            table.dirty = false;
            meters_[{name, table.id}] = {table.meter.read_halves(), table.meter.write_halves()};
        }
        for (auto& [key, stream] : database.streams().all()) {
            stream.dirty = false;
            stream.journaled = stream.records.next_sequence();
        }
        database.take_removed();
        database.forget_touched();
    }
}

RestoreReport Journal::restore(Account& account, std::string_view bytes) {
    RestoreReport report;
    report.bytes = bytes.size();
    Restorer restorer(account, report);
    // Looking for a sound frame behind a damaged one reads what lies between, and what only looks like a frame.
    uint64_t work = 8 * bytes.size() + (uint64_t{64} << 20);
    size_t offset = 0;
    while (offset < bytes.size() && report.ok) {
        const size_t from = offset;
        std::string_view payload;
        int version = 0;
        const FrameFault fault = read_frame(bytes, offset, payload, version);
        if (fault == FrameFault::None) {
            report.format = std::max(report.format, version);
            restorer.apply(payload, from);
            report.bytes_read = offset;
            ++report.frames;
            continue;
        }
        offset = next_frame(bytes, from + 1, work);
        // What a newer version wrote is followed by nothing that an older one did.
        if (fault == FrameFault::NewerFormat && offset == bytes.size()) {
            report.ok = false;
            report.format = version;
        }
        ++report.frames_skipped;
        restorer.lost();
        report.skip(from, offset - from, fault_text(fault, version));
    }
    restorer.finish();
    entries_ = restorer.entry();
    readers_.clear();
    settle(account);
    world_ = world_record(account);
    return report;
}

}  // namespace sortkey
