// Changes of billing mode and provisioned numbers, with the quotas on them (spec: capacity.md §6, §7).
#pragma once

#include "operations/common.h"

namespace sortkey {

/// Billing mode, table throughput and index throughput of an UpdateTable, prepared on a copy of the table.
/// Sets `updating` if the table's status shows it. Errors: numbers that will not change or are missing, decrease quota,
/// LimitExceeded after 4 switches to on-demand in 24 hours.
Status change_throughput(Call& call, Table& table, bool& updating);

/// Maximums of an on-demand table or `index`; members that are absent stay. Errors: as read_maximum().
Status change_maximum(const Table& table, const Index* index, json::Node node, OnDemandMaximum& maximum,
                      bool& updating);

/// A higher warm throughput than now; `of` is "table" or "index i". Errors: P about decreases.
Status raise_warm(const Table& table, const Throughput& provisioned, json::Node node, const std::string& of,
                  Throughput& warm, bool& updating);

/// Takes note of a change that a quota limits to `count` in `window_micros`; false if the quota is used up.
bool within_quota(std::vector<int64_t>& moments, size_t count, int64_t window_micros, int64_t now_micros);

}  // namespace sortkey
