#include "simulation/event_queue.h"

#include <iterator>
#include <utility>

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
    const Place place(event.at_micros, next_++);
    of_tables_.emplace(event.table, place);
    events_.emplace(place, std::move(event));
    count_held();
}

bool EventQueue::take_due(int64_t until_micros, Event& out) {
    const auto first = events_.begin();
    if (first == events_.end() || first->first.first > until_micros) return false;
    out = std::move(first->second);
    of_tables_.erase({out.table, first->first});
    events_.erase(first);
    count_held();
    return true;
}

EventQueue::OfTables::const_iterator EventQueue::next_of(OfTables::const_iterator from, EventKind kind,
                                                         std::string_view region, uint32_t table,
                                                         std::string_view detail) const {
    for (; from != of_tables_.end() && from->first == table; ++from) {
        const Event& event = events_.find(from->second)->second;
        if (event.kind == kind && event.region == region && (detail.empty() || event.detail == detail)) return from;
    }
    return of_tables_.end();
}

void EventQueue::cancel(EventKind kind, std::string_view region, uint32_t table, std::string_view detail) {
    auto at = of_tables_.lower_bound({table, {INT64_MIN, 0}});
    while ((at = next_of(at, kind, region, table, detail)) != of_tables_.end()) {
        events_.erase(at->second);
        at = of_tables_.erase(at);
    }
    count_held();
}

bool EventQueue::holds(EventKind kind, std::string_view region, uint32_t table, std::string_view detail) const {
    return next_of(of_tables_.lower_bound({table, {INT64_MIN, 0}}), kind, region, table, detail) != of_tables_.end();
}

// Names are short on the whole; what they take is in the sum.
void EventQueue::count_held() { held_.set(events_.size() * 256); }

}  // namespace sortkey
