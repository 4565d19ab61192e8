// Definitions of tables and streams as the journal stores them: JSON, so that later versions can add members. Items and
// records are not in it.
#pragma once

#include <string>

#include "catalog/stream.h"
#include "catalog/table.h"
#include "json/document.h"

namespace sortkey {

void write_table_record(std::string& json, const Table& table);

/// False when the record is not one of a table. Unknown members are ignored, absent ones keep their defaults.
bool read_table_record(json::Node record, Table& table);

void write_stream_record(std::string& json, const Stream& stream);

/// The stream of that record, made or brought up to date; nullptr when the record is not one of a stream.
Stream* read_stream_record(json::Node record, Streams& streams);

}  // namespace sortkey
