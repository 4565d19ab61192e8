#include "catalog/stream.h"

#include <algorithm>

#include "capacity/partitions.h"
#include "catalog/database.h"
#include "support/timestamp.h"

namespace sortkey {

std::string_view stream_status_name(StreamStatus status) {
    static constexpr std::string_view kNames[] = {"ENABLING", "ENABLED", "DISABLING", "DISABLED"};
    return kNames[static_cast<size_t>(status)];
}

Stream* Streams::find(std::string_view table_name, std::string_view label) {
    const auto found = map_.find({std::string(table_name), std::string(label)});
    return found == map_.end() ? nullptr : &found->second;
}

Stream& Streams::at(std::string_view table_name, std::string_view label) {
    Stream& stream = map_[{std::string(table_name), std::string(label)}];
    stream.table_name = table_name;
    stream.label = label;
    return stream;
}

const Stream* Streams::toggling(std::string_view table_name) const {
    for (const auto& [key, stream] : map_)
        if (key.first == table_name &&
            (stream.status == StreamStatus::Enabling || stream.status == StreamStatus::Disabling))
            return &stream;
    return nullptr;
}

std::string stream_arn(std::string_view region, const Stream& stream) {
    return table_arn(region, stream.table_name) + "/stream/" + stream.label;
}

void open_stream(Database& database, Table& table, StreamView view) {
    const int64_t now = database.world().now_micros;
    // The clock may stand still between two streams of one table; their labels must differ all the same.
    int64_t labelled = now;
    while (database.streams().find(table.name, timestamp_text(labelled))) labelled += 1000;
    Stream& stream = database.streams().at(table.name, timestamp_text(labelled));
    stream.view = view;
    stream.keys = table.keys;
    stream.partitions = static_cast<uint32_t>(std::min<uint64_t>(
        kStreamPartitionsMax,
        partition_count(table.on_demand_billing, table.throughput.read, table.throughput.write, table.items.bytes())));
    stream.created_micros = now;
    table.stream = view;
    table.stream_label = stream.label;
    table.dirty = true;
}

void close_stream(Database& database, Table& table) {
    if (table.stream == StreamView::Off) return;
    table.stream = StreamView::Off;
    table.dirty = true;
    Stream* stream = database.streams().find(table.name, table.stream_label);
    if (!stream) return;
    stream->status = StreamStatus::Disabling;
    stream->closed_micros = database.world().now_micros;
    stream->dirty = true;
    database.schedule(EventKind::StreamTrim, table, kStreamRetentionMicros, stream->label);
}

void settle_streams(Database& database, std::string_view table_name) {
    for (auto& [key, stream] : database.streams().all()) {
        if (key.first != table_name) continue;
        const StreamStatus settled = stream.closed() ? StreamStatus::Disabled : StreamStatus::Enabled;
        stream.dirty = stream.dirty || stream.status != settled;
        stream.status = settled;
    }
}

}  // namespace sortkey
