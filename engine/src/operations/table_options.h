// The options a table is created with beyond keys and billing, and the start of its life.
#pragma once

#include "operations/common.h"

namespace sortkey {

/// Stream, encryption, tags, class, deletion protection, maximums, warm throughput of a CreateTable.
/// Errors: see spec api.md §6.
Status read_table_options(Call& call, Table& table);

/// Errors: P about UpdateViewType (spec: api.md §6).
Status read_stream_specification(json::Node node, StreamView& view);

/// Errors: P about SSEType and KMSMasterKeyId (spec: api.md §6).
Status read_sse(const Database& database, json::Node node, Table& table);

/// Errors: "Invalid table-class parameter provided. …".
Status read_table_class(json::Node node, Table& table);

/// "2026-11-21T00:15:00.000", the label of a stream enabled now.
std::string stream_label_at(int64_t micros);

/// CREATING now, ACTIVE after the configured delay (at once if it is 0).
void begin_creating(Database& database, Table& table);

/// DELETING now, gone after the configured delay (at once if it is 0).
void begin_deleting(Database& database, Table& table);

}  // namespace sortkey
