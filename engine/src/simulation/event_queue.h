// Everything that will happen by itself, in order of virtual time.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "support/held_memory.h"

namespace sortkey {

/// Kinds are stored in journals by name; names are never changed.
enum class EventKind : uint8_t {
    TableActive,
    TableDeleted,
    IndexBackfill,
    IndexActive,
    IndexDeleted,
    TimeToLiveActive,
    TimeToLiveSweep,
    StreamTrim
};

std::string_view event_name(EventKind kind);
/// False if no kind has that name.
bool event_kind(std::string_view name, EventKind& out);

struct Event {
    int64_t at_micros = 0;
    EventKind kind = EventKind::TableActive;
    std::string region;
    uint32_t table = 0;      ///< table id; ids are never reused, so an event of a gone table finds nothing
    std::string table_name;  ///< for reports
    std::string detail;      ///< e.g. the index
};

/// Ordered by time, then by the order of scheduling, so that runs repeat exactly.
class EventQueue {
public:
    void schedule(Event event);
    /// Takes the earliest event at or before `until`; false if there is none.
    bool take_due(int64_t until_micros, Event& out);
    /// Drops events of one table; with `detail`, only those that carry it.
    void cancel(EventKind kind, std::string_view region, uint32_t table, std::string_view detail = {});
    /// Whether an event of that kind is to come for the table; with `detail`, one that carries it.
    bool holds(EventKind kind, std::string_view region, uint32_t table, std::string_view detail = {}) const;
    void clear() { *this = EventQueue(); }
    bool empty() const { return events_.empty(); }
    int64_t next_at() const { return events_.begin()->first.first; }

    template <class Visit>
    void for_each(Visit visit) const {
        for (const auto& [at, event] : events_) visit(event);
    }

private:
    using Place = std::pair<int64_t, uint64_t>;  // time, then the order of scheduling

    using OfTables = std::set<std::pair<uint32_t, Place>>;  // by table id, which Regions may share

    /// The first event from `from` on that is meant; end() if the table has none.
    OfTables::const_iterator next_of(OfTables::const_iterator from, EventKind kind, std::string_view region,
                                     uint32_t table, std::string_view detail) const;
    void count_held();

    std::map<Place, Event> events_;
    OfTables of_tables_;
    uint64_t next_ = 0;
    HeldMemory held_;
};

}  // namespace sortkey
