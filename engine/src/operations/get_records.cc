// GetRecords: changes of one shard in the order they happened (spec: streams-and-recovery.md §1).
#include "operations/get_records.h"

#include "json/attribute_value.h"
#include "operations/stream_shards.h"
#include "support/md5.h"

namespace sortkey::get_records {
namespace {

constexpr int64_t kRecordsMax = 1000;
constexpr uint64_t kPageBytesMax = 1024 * 1024;
constexpr size_t kChangesAtOnce = 256;

constexpr json::Member kMembers[] = {
    {"ShardIterator", &json::kString, {.not_null = true, .length_min = 1, .length_max = 2048}},
    {"Limit", &json::kInteger, {.value_min = 1, .value_max = kRecordsMax}},
};

// Writes one record and returns its size: keys and images, as the view type has them.
uint64_t write_record(std::string& json, const Database& database, const Stream& stream, const Change& change) {
    const bool with_new = stream.view == StreamView::NewImage || stream.view == StreamView::NewAndOldImages;
    const bool with_old = stream.view == StreamView::OldImage || stream.view == StreamView::NewAndOldImages;
    const ItemView before(change.before ? change.before->value() : std::string_view());
    const ItemView after(change.after ? change.after->value() : std::string_view());
    const std::string keys = key_of(stream.keys, change.after ? after : before);
    const std::string sequence = sequence_number(change.at_micros, change.sequence);
    uint64_t bytes = ItemView(keys).size();

    const auto id = md5(stream.table_name + "/" + stream.label + "/" + sequence);
    ObjectWriter record(json);
    record.text("eventID", hex(id.data(), id.size()));
    record.text("eventName", !change.before ? "INSERT" : !change.after ? "REMOVE" : "MODIFY");
    record.text("eventVersion", "1.1");
    record.text("eventSource", "aws:dynamodb");
    record.text("awsRegion", database.region());
    ObjectWriter data(record.member("dynamodb"));
    data.integer("ApproximateCreationDateTime", change.at_micros / 1'000'000);
    json::write_item(data.member("Keys"), ItemView(keys));
    if (with_new && change.after) {
        json::write_item(data.member("NewImage"), after);
        bytes += after.size();
    }
    if (with_old && change.before) {
        json::write_item(data.member("OldImage"), before);
        bytes += before.size();
    }
    data.text("SequenceNumber", sequence);
    data.integer("SizeBytes", static_cast<int64_t>(bytes));
    data.text("StreamViewType", stream_view_name(stream.view));
    data.close();
    if (change.cause == Cause::TimeToLive) {
        ObjectWriter identity(record.member("userIdentity"));
        identity.text("PrincipalId", "dynamodb.amazonaws.com");
        identity.text("Type", "Service");
        identity.close();
    }
    record.close();
    return bytes;
}

}  // namespace

const json::Shape kInput = json::Shape::structure("GetRecordsInput", kMembers);

Status run(Call& call) {
    const int64_t now = call.world().now_micros;
    SORTKEY_TRY(position, read_iterator(call, call.input.find("ShardIterator").text()));
    const json::Node limit_node = call.input.find("Limit");
    const int64_t limit = limit_node ? json::integer_of(limit_node) : kRecordsMax;
    const Stream& stream = *position.stream;

    ObjectWriter answer(call.out);
    std::string& list = answer.member("Records");
    list += '[';
    int64_t count = 0;
    uint64_t bytes = 0;
    bool drained = false;
    bool full = false;
    while (!drained && !full) {
        const std::vector<Change> changes = stream.records.read_from(position.record, kChangesAtOnce);
        drained = changes.empty();
        for (const Change& change : changes) {
            if (position.shard.holds(stream, change)) {
                const size_t mark = list.size();
                if (count > 0) list += ',';
                bytes += write_record(list, call.database, stream, change);
                full = count > 0 && bytes > kPageBytesMax;  // the first record is there whatever its size
                if (full) {
                    list.resize(mark);
                    break;
                }
                full = ++count == limit;
            }
            position.record = change.sequence + 1;
            if (full) break;
        }
    }
    list += ']';
    // A closed shard ends with its last record; an open one goes on for ever.
    if (!drained || !position.shard.closed(stream, now))
        answer.text("NextShardIterator", write_iterator(position, now));
    answer.close();
    return {};
}

}  // namespace sortkey::get_records
