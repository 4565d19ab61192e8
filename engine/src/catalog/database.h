// The tables of one Region, the log of their changes, and the one way in which items change.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "capacity/consumed.h"
#include "catalog/held_items.h"
#include "catalog/idempotency.h"
#include "catalog/stream.h"
#include "catalog/table.h"
#include "simulation/world.h"
#include "storage/change_log.h"

namespace sortkey {

class Database {
public:
    Database(World& world, std::string region) : world_(world), region_(std::move(region)) {}
    // A copy would share the world, and find the tables of the original.
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    World& world() { return world_; }
    const World& world() const { return world_; }
    const std::string& region() const { return region_; }

    Table* find(std::string_view name);
    /// O(log n).
    Table* find(uint32_t id);
    /// Tables by name, ascending by bytes.
    std::map<std::string, Table, std::less<>>& tables() { return tables_; }
    const std::map<std::string, Table, std::less<>>& tables() const { return tables_; }

    /// Adds a table under the next id; `restored_id` keeps a stored one.
    Table& add(Table table, uint32_t restored_id = 0);
    void remove(uint32_t id);
    uint32_t next_id() const { return next_id_; }
    /// Ids below `next` are not given out any more.
    void reserve_ids(uint32_t next) { next_id_ = next > next_id_ ? next : next_id_; }

    ChangeLog& log() { return log_; }
    const ChangeLog& log() const { return log_; }
    IdempotencyTokens& tokens() { return tokens_; }
    const IdempotencyTokens& tokens() const { return tokens_; }
    HeldItems& held() { return held_; }
    const HeldItems& held() const { return held_; }
    Streams& streams() { return streams_; }
    const Streams& streams() const { return streams_; }
    /// True if take_removed() would return something.
    bool has_removed() const { return !removed_.empty(); }
    /// Ids of tables removed since asked last, for the journal.
    std::vector<uint32_t> take_removed();
    /// Whoever changes a table has found it first: tables found or added since asked last, in order of their names.
    /// Only they can have anything that the journal was not given.
    const std::vector<Table*>& touched();
    void forget_touched();

    /// Schedules an event of this Region `delay` from now.
    void schedule(EventKind kind, const Table& table, int64_t delay_micros, std::string detail = {});

private:
    Table* touch(Table& table);
    /// The table leaves, or another takes its place.
    void forget(const Table& table);

    World& world_;
    std::string region_;
    std::map<std::string, Table, std::less<>> tables_;
    std::vector<std::pair<uint32_t, Table*>> by_id_;  // ascending
    Table* last_found_ = nullptr;                     // most requests name the table of the request before
    uint32_t next_id_ = 1;
    std::vector<uint32_t> removed_;
    std::vector<Table*> touched_;
    HeldMemory held_memory_{1024};  // of a Region without anything in it
    ChangeLog log_;
    IdempotencyTokens tokens_;
    HeldItems held_;
    Streams streams_;
};

/// One item's change, prepared: what is there now and what shall be.
struct ItemChange {
    std::string key;       ///< row key
    RecordPtr before;      ///< null: absent
    std::string after;     ///< encoded item
    bool removes = false;  ///< `after` is meaningless: the item goes
    uint32_t size = 0;     ///< of `after` as the service counts; 0: not counted yet
};

/// Writes the change to the table, its indexes and the log, and charges it (spec: capacity.md §2).
/// REQUIRES: the change was validated. A removal of an absent item charges one unit and changes nothing.
/// Returns the item as stored now, null after a removal; the table holds it.
const Record* apply_change(Database& database, Table& table, ItemChange change, Cause cause, bool transactional,
                           Consumed& consumed);

/// Index rows of one table from its items, for restore and backfill. False, with the index left empty, once more than
/// `memory_limit` bytes are held.
bool rebuild_index(Table& table, Index& index, uint64_t memory_limit);

}  // namespace sortkey
