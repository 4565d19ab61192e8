#include "simulation/event_queue.h"

#include <iterator>

namespace sortkey {
namespace {

constexpr std::string_view kNames[] = {"TableActive",  "TableDeleted",     "IndexBackfill",   "IndexActive",
                                       "IndexDeleted", "TimeToLiveActive", "TimeToLiveSweep", "StreamTrim"};

}  // namespace

std::string_view event_name(EventKind kind) { return kNames[static_cast<size_t>(kind)]; }

bool event_kind(std::string_view name, EventKind& out) {
    for (size_t i = 0; i < std::size(kNames); ++i) {
        if (kNames[i] != name) continue;
        out = static_cast<EventKind>(i);
        return true;
    }
    return false;
}

void EventQueue::schedule(Event event) {
    const int64_t at = event.at_micros;
    events_.emplace(at, std::move(event));  // behind others of the same time
}

bool EventQueue::take_due(int64_t until_micros, Event& out) {
    if (events_.empty() || events_.begin()->first > until_micros) return false;
    out = std::move(events_.begin()->second);
    events_.erase(events_.begin());
    return true;
}

void EventQueue::cancel(EventKind kind, std::string_view region, uint32_t table, std::string_view detail) {
    for (auto at = events_.begin(); at != events_.end();) {
        const Event& event = at->second;
        const bool meant = event.kind == kind && event.region == region && event.table == table &&
                           (detail.empty() || event.detail == detail);
        at = meant ? events_.erase(at) : std::next(at);
    }
}

}  // namespace sortkey
