// The options a table is created with beyond keys and billing, and the start of its life.
#pragma once

#include "operations/common.h"

namespace sortkey {

/// What a new on-demand table carries at once, units per second (spec: capacity.md §5).
inline constexpr int64_t kOnDemandReadStart = 12'000;
inline constexpr int64_t kOnDemandWriteStart = 4'000;

/// Stream, encryption, tags, class, deletion protection, maximums, warm throughput of a CreateTable.
/// Errors: see spec api.md §6.
Status read_table_options(Call& call, Table& table);

/// Errors: P about UpdateViewType (spec: api.md §6).
Status read_stream_specification(json::Node node, StreamView& view);

/// Errors: P about SSEType and KMSMasterKeyId (spec: api.md §6).
Status read_sse(const Database& database, json::Node node, Table& table);

/// Errors: "Invalid table-class parameter provided. …".
Status read_table_class(json::Node node, Table& table);

/// Maximums of an on-demand table or `index`; an absent node leaves them. -1 takes one away, once the table exists.
/// Errors: P about MaxReadRequestUnits (spec: api.md §6).
Status read_maximum(const Table& table, const Index* index, json::Node node, OnDemandMaximum& maximum);

/// Maximums and warm throughput of a new global index. Errors: as for a table.
Status read_index_options(const Table& table, json::Node node, Index& index);

/// CREATING now, ACTIVE after the configured delay (at once if it is 0).
void begin_creating(Database& database, Table& table);

/// DELETING now, gone after the configured delay (at once if it is 0).
void begin_deleting(Database& database, Table& table);

}  // namespace sortkey
