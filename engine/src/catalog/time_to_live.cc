#include "catalog/time_to_live.h"

#include <algorithm>
#include <string>
#include <vector>

namespace sortkey {
namespace {

// Values further in the past are taken for mistakes and ignored.
constexpr int64_t kTooOldSeconds = 5 * 365 * 86'400LL;

// Expiry in epoch seconds, most significant byte first, then the row key; empty: the item never expires. Clients also
// write fractions of a second: such an item expires with the next whole one.
std::string expiry_key(std::string_view attribute, const Record& record) {
    const ValueView value = ItemView(record.value()).find(attribute);
    int64_t seconds = 0;
    if (!value || value.type() != Type::N || !value.number().ceil_int64(seconds) || seconds < 0) return {};
    std::string key;
    append_hash(key, static_cast<uint64_t>(seconds));
    key += record.key();
    return key;
}

// No sweep is pending.
void schedule_sweep(Database& database, Table& table) {
    const int64_t period = database.world().settings.time_to_live_sweep_micros;
    if (period > 0) database.schedule(EventKind::TimeToLiveSweep, table, period);
}

void cancel_sweep(Database& database, const Table& table) {
    database.world().events.cancel(EventKind::TimeToLiveSweep, database.region(), table.id);
}

std::string key_at(int64_t seconds) {
    std::string key;
    append_hash(key, static_cast<uint64_t>(std::max<int64_t>(seconds, 0)));
    return key;
}

}  // namespace

uint64_t memory_for_expiries(const Table& table, std::string_view attribute) {
    constexpr uint64_t kPlaceInNode = 24;  // nodes are half full at the least
    uint64_t bytes = 0;
    OrderedMap::Cursor at(table.items);
    for (at.first(); at.valid(); at.next()) {
        const std::string key = expiry_key(attribute, *at.record());
        if (!key.empty()) bytes += Record::held_by(key.size()) + kPlaceInNode;
    }
    return bytes;
}

void set_time_to_live(Database& database, Table& table, std::string_view attribute, bool enabled) {
    table.time_to_live = enabled ? TimeToLiveStatus::Enabling : TimeToLiveStatus::Disabling;
    table.time_to_live_changed_micros = database.world().now_micros;
    table.dirty = true;
    if (!enabled) return;
    table.time_to_live_attribute = attribute;
    rebuild_expiries(table);
}

void settle_time_to_live(Database& database, Table& table) {
    table.dirty = true;
    if (table.time_to_live == TimeToLiveStatus::Enabling) {
        table.time_to_live = TimeToLiveStatus::Enabled;
        schedule_sweep(database, table);
    } else if (table.time_to_live == TimeToLiveStatus::Disabling) {
        table.time_to_live = TimeToLiveStatus::Disabled;
        table.time_to_live_attribute.clear();
        table.expiries.clear();
        cancel_sweep(database, table);
    }
}

void note_expiry(Table& table, const Record* before, const Record* after) {
    if (table.time_to_live_attribute.empty()) return;
    const std::string old_key = before ? expiry_key(table.time_to_live_attribute, *before) : std::string();
    const std::string new_key = after ? expiry_key(table.time_to_live_attribute, *after) : std::string();
    if (old_key == new_key) return;
    if (!old_key.empty()) table.expiries.erase(old_key);
    if (!new_key.empty()) table.expiries.put(Record::make(new_key, {}));
}

void rebuild_expiries(Table& table) {
    table.expiries.clear();
    if (table.time_to_live_attribute.empty()) return;
    OrderedMap::Cursor at(table.items);
    for (at.first(); at.valid(); at.next()) note_expiry(table, nullptr, at.record());
}

void reschedule_sweep(Database& database, Table& table) {
    if (table.time_to_live != TimeToLiveStatus::Enabled) return;
    cancel_sweep(database, table);
    schedule_sweep(database, table);
}

size_t sweep_expired(Database& database, Table& table) {
    if (table.time_to_live != TimeToLiveStatus::Enabled) return 0;
    const World& world = database.world();
    const int64_t now = world.now_micros / 1'000'000;
    const std::string until = key_at(now - world.settings.time_to_live_delay_micros / 1'000'000 + 1);
    std::vector<std::string> expired;
    OrderedMap::Cursor at(table.expiries);
    for (at.lower_bound(key_at(now - kTooOldSeconds)); at.valid() && at.key() < until; at.next())
        expired.emplace_back(at.key().substr(8));
    Consumed free_of_charge;
    for (std::string& key : expired) {
        ItemChange change;
        change.before = table.items.find(key);
        change.key = std::move(key);
        change.removes = true;
        apply_change(database, table, std::move(change), Cause::TimeToLive, false, free_of_charge);
    }
    schedule_sweep(database, table);
    return expired.size();
}

}  // namespace sortkey
