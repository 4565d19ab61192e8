// Everything that will happen by itself, in order of virtual time.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

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
    void clear() { events_.clear(); }
    bool empty() const { return events_.empty(); }
    int64_t next_at() const { return events_.begin()->first; }

    template <class Visit>
    void for_each(Visit visit) const {
        for (const auto& [at, event] : events_) visit(event);
    }

private:
    std::multimap<int64_t, Event> events_;
};

}  // namespace sortkey
