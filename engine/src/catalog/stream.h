// Streams: what changed in a table, item by item, readable for 24 hours (spec: streams-and-recovery.md §1).
//
// A stream keeps a change log of its own. Its records share memory with the items, they outlive the table, and they are
// trimmed by the clock without touching the Region's log, which the journal reads. Copying one shares full chunks.
//
// Shards are not stored: shard (generation, partition) holds the changes of one hash range during one stretch of four
// hours since the stream began. A stretch that has passed is a closed shard, the next one its child.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "catalog/table.h"
#include "storage/change_log.h"
#include "support/held_memory.h"

namespace sortkey {

class Database;

enum class StreamStatus : uint8_t { Enabling, Enabled, Disabling, Disabled };
std::string_view stream_status_name(StreamStatus status);

inline constexpr int64_t kStreamRetentionMicros = 24 * 3'600'000'000LL;
inline constexpr int64_t kShardStretchMicros = 4 * 3'600'000'000LL;

/// A table with more partitions than this shares shards among them; nobody reads ten thousand shards.
inline constexpr uint32_t kStreamPartitionsMax = 64;

struct Stream {
    std::string table_name;
    std::string label;
    StreamView view = StreamView::NewAndOldImages;
    StreamStatus status = StreamStatus::Enabling;
    KeySchema keys;
    uint32_t partitions = 1;  ///< hash ranges, as the table was spread when the stream began
    int64_t created_micros = 0;
    int64_t closed_micros = 0;  ///< when it was switched off or its table went; 0: still written
    std::string resource_policy;
    std::string policy_revision;

    ChangeLog records;       ///< its sequence numbers count this stream's records from 1
    uint64_t journaled = 1;  ///< first record the journal has not been given
    bool dirty = true;       ///< anything but the records changed since the journal was last drained
    HeldMemory held{1024};   ///< of the stream without its records

    /// A stream whose log keeps what is appended.
    Stream() { records.open_reader(); }

    bool closed() const { return closed_micros != 0; }
    /// Forgets records older than 24 hours.
    void trim(int64_t now_micros) { records.trim_before(now_micros - kStreamRetentionMicros); }
    /// Nothing can be read any more.
    bool expired(int64_t now_micros) const { return closed() && closed_micros + kStreamRetentionMicros <= now_micros; }
};

class Streams {
public:
    using Map = std::map<std::pair<std::string, std::string>, Stream>;  // (table name, label)

    Stream* find(std::string_view table_name, std::string_view label);
    /// The stream of this name and label, made if there is none.
    Stream& at(std::string_view table_name, std::string_view label);
    void erase(const Stream& stream) { map_.erase({stream.table_name, stream.label}); }
    /// A stream of that table which is ENABLING or DISABLING; nullptr if there is none.
    const Stream* toggling(std::string_view table_name) const;
    Map& all() { return map_; }
    const Map& all() const { return map_; }

private:
    Map map_;
};

/// "arn:aws:dynamodb:<region>:<account>:table/<table>/stream/<label>"
std::string stream_arn(std::string_view region, const Stream& stream);

/// Begins a stream of the table, ENABLING until settle_streams().
void open_stream(Database& database, Table& table, StreamView view);
/// Ends the table's stream, if it has one: DISABLING until settle_streams(), readable for 24 hours.
void close_stream(Database& database, Table& table);
/// ENABLING → ENABLED and DISABLING → DISABLED for the streams of a table.
void settle_streams(Database& database, std::string_view table_name);

}  // namespace sortkey
