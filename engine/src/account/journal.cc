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
