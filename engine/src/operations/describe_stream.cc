// DescribeStream: a stream and its shards (spec: streams-and-recovery.md §1).
#include "operations/describe_stream.h"

#include <algorithm>

#include "json/attribute_value.h"
#include "operations/stream_shards.h"
#include "operations/table_description.h"

namespace sortkey::describe_stream {
namespace {

constexpr int64_t kPageMax = 100;
constexpr uint64_t kRecordMax = 9'999'999'999;

constexpr json::Member kFilterMembers[] = {
    {"Type", &json::kString, {.not_null = true, .enum_set = "CHILD_SHARDS"}},
    {"ShardId", &json::kString, {.length_min = 28, .length_max = 65}},
};
constexpr json::Shape kFilter = json::Shape::structure("ShardFilter", kFilterMembers);
constexpr json::Member kMembers[] = {
    {"StreamArn", &json::kString, kStreamArn},
    {"Limit", &json::kInteger, {.value_min = 1, .value_max = kPageMax}},
    {"ExclusiveStartShardId", &json::kString, {.length_min = 28, .length_max = 65}},
    {"ShardFilter", &kFilter},
};

struct NamedShard {
    std::string id;
    Shard shard;
};

// Ascending by id, as clients walk them: older stretches first, then as the ends of the ids fall.
std::vector<NamedShard> named_shards(const Stream& stream, int64_t now) {
    std::vector<NamedShard> named;
    for (const Shard& shard : shards_of(stream, now)) named.push_back({shard_id(stream, shard), shard});
    std::sort(named.begin(), named.end(), [](const NamedShard& a, const NamedShard& b) { return a.id < b.id; });
    return named;
}

void write_shard(std::string& json, const Stream& stream, const NamedShard& named, int64_t now) {
    const Shard& shard = named.shard;
    ObjectWriter object(json);
    object.text("ShardId", named.id);
    ObjectWriter range(object.member("SequenceNumberRange"));
    range.text("StartingSequenceNumber", sequence_number(shard.from_micros(stream), 0));
    if (shard.closed(stream, now)) {
        // What happened in the very moment of closing belongs to the stream; a stretch ends before its last moment.
        const int64_t to = shard.to_micros(stream);
        range.text("EndingSequenceNumber", sequence_number(to == stream.closed_micros ? to : to - 1, kRecordMax));
    }
    range.close();
    if (shard.generation > 0) object.text("ParentShardId", shard_id(stream, {shard.generation - 1, shard.partition}));
    object.close();
}

}  // namespace

const json::Shape kInput = json::Shape::structure("DescribeStreamInput", kMembers);

Status run(Call& call) {
    const json::Node input = call.input;
    const int64_t now = call.world().now_micros;
    SORTKEY_TRY(found, find_stream(call, input.find("StreamArn")));
    const Stream& stream = *found;
    const json::Node limit_node = input.find("Limit");
    const int64_t limit = limit_node ? json::integer_of(limit_node) : kPageMax;
    const json::Node start = input.find("ExclusiveStartShardId");
    const json::Node filter = input.find("ShardFilter");
    const std::string_view parent = filter ? text_of(filter.find("ShardId")) : std::string_view();
    if (filter && parent.empty())
        return Error::validation("ShardId must be specified when ShardFilter is CHILD_SHARDS");

    ObjectWriter answer(call.out);
    ObjectWriter description(answer.member("StreamDescription"));
    description.text("StreamArn", stream_arn(call.database.region(), stream));
    description.text("StreamLabel", stream.label);
    description.text("StreamStatus", stream_status_name(stream.status));
    description.text("StreamViewType", stream_view_name(stream.view));
    json::write_timestamp(description.member("CreationRequestDateTime"), stream.created_micros);
    description.text("TableName", stream.table_name);
    write_key_schema(description.member("KeySchema"), stream.keys);
    std::string& list = description.member("Shards");
    list += '[';
    bool passed = !start;
    int64_t count = 0;
    std::string last;
    bool more = false;
    for (const NamedShard& named : named_shards(stream, now)) {
        const Shard& shard = named.shard;
        if (!passed) {
            passed = named.id == start.text();
            continue;
        }
        if (!parent.empty() &&
            (shard.generation == 0 || shard_id(stream, {shard.generation - 1, shard.partition}) != parent))
            continue;
        if (count == limit) {
            more = true;
            break;
        }
        if (count++ > 0) list += ',';
        write_shard(list, stream, named, now);
        last = named.id;
    }
    list += ']';
    if (more) description.text("LastEvaluatedShardId", last);
    description.close();
    answer.close();
    return {};
}

}  // namespace sortkey::describe_stream
