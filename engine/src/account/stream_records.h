// Streams in the journal: records S and C of frames.h.
#pragma once

#include <string_view>

#include "account/frames.h"
#include "catalog/database.h"

namespace sortkey {

/// True if a stream of the Region has something the journal was not given.
bool streams_changed(const Database& database);

/// The C record of a change.
void write_stream_change(FrameWriter& writer, const Change& change);
/// Writes what is new in the stream, if anything, and counts it as given.
void write_stream_changes(FrameWriter& writer, Stream& stream);

/// The stream that an S record names, made or brought up to date; nullptr if the record is none.
Stream* read_stream_record(std::string_view text, Database& database);
/// Appends a C record to the stream; false if it cannot belong there, or there is none.
bool read_stream_change(RecordReader& reader, Stream* stream);

/// After the last record: drops what is older than 24 hours, and counts everything as given.
void finish_streams(Database& database);

}  // namespace sortkey
