#include "account/stream_records.h"

#include <algorithm>

#include "catalog/table_record.h"
#include "json/document.h"
#include "json/object_writer.h"
#include "model/well_formed.h"

namespace sortkey {
namespace {

constexpr size_t kChangesAtOnce = 1024;

std::string_view image(const RecordPtr& record) { return record ? record->value() : std::string_view(); }

bool is_item_of(const Stream& stream, std::string_view key, std::string_view item) {
    return is_well_formed_item(item) && has_key(stream.keys, ItemView(item)) &&
           table_row_key(stream.keys, ItemView(item)) == key;
}

}  // namespace

bool streams_changed(const Database& database) {
    const auto& all = database.streams().all();
    return std::any_of(all.begin(), all.end(), [](const auto& entry) {
        return entry.second.dirty || entry.second.journaled < entry.second.records.next_sequence();
    });
}

void write_stream_change(FrameWriter& writer, const Change& change) {
    writer.record('C');
    writer.number(change.sequence);
    writer.number(static_cast<uint64_t>(change.at_micros));
    writer.number(static_cast<uint64_t>(change.cause));
    writer.text((change.after ? change.after : change.before)->key());
    writer.text(image(change.before));
    writer.text(image(change.after));
}

void write_stream_changes(FrameWriter& writer, Stream& stream) {
    if (!stream.dirty && stream.journaled >= stream.records.next_sequence()) return;
    stream.dirty = false;
    std::string record;
    write_stream_record(record, stream);
    writer.record('S');
    writer.text(record);
    for (;;) {
        const std::vector<Change> changes = stream.records.read_from(stream.journaled, kChangesAtOnce);
        for (const Change& change : changes) write_stream_change(writer, change);
        if (changes.empty()) break;
        stream.journaled = changes.back().sequence + 1;
    }
    stream.journaled = stream.records.next_sequence();
}

Stream* read_stream_record(std::string_view text, Database& database) {
    json::Document document;
    if (!document.parse(text)) return nullptr;
    return sortkey::read_stream_record(document.root(), database.streams());
}

bool read_stream_change(RecordReader& reader, Stream* into) {
    const uint64_t sequence = reader.number();
    Change change;
    change.at_micros = static_cast<int64_t>(reader.number());
    change.cause = static_cast<Cause>(reader.number());
    const std::string_view key = reader.text();
    const std::string_view before = reader.text();
    const std::string_view after = reader.text();
    if (!reader.ok() || !into || (before.empty() && after.empty())) return false;
    Stream& stream = *into;
    if (sequence < stream.records.next_sequence()) return false;
    if (!before.empty() && !is_item_of(stream, key, before)) return false;
    if (!after.empty() && !is_item_of(stream, key, after)) return false;
    if (!before.empty()) change.before = item_record(key, before);
    if (!after.empty()) change.after = item_record(key, after);
    // Records before this one were trimmed before they were ever stored.
    if (sequence > stream.records.next_sequence()) stream.records.restart(sequence);
    stream.records.append(std::move(change));
    return true;
}

void finish_streams(Database& database) {
    const int64_t now = database.world().now_micros;
    auto& all = database.streams().all();
    // A stream from the future would have shards without number; stored bytes are not trusted.
    std::erase_if(all, [&](const auto& entry) {
        const Stream& stream = entry.second;
        return stream.expired(now) || stream.created_micros > now || stream.closed_micros > now;
    });
    // A table writes into a stream of its own key or into none.
    for (auto& [name, table] : database.tables()) {
        const Stream* stream = database.streams().find(name, table.stream_label);
        if (!stream || stream->keys != table.keys) table.stream = StreamView::Off;
    }
    for (auto& [key, stream] : all) {
        stream.trim(now);
        stream.dirty = false;
        stream.journaled = stream.records.next_sequence();
    }
}

}  // namespace sortkey
