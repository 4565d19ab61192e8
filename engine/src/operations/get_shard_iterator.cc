// GetShardIterator: a place in a shard to read from.
#include "operations/get_shard_iterator.h"

#include "operations/stream_shards.h"

namespace sortkey::get_shard_iterator {
namespace {

constexpr json::Member kMembers[] = {
    {"StreamArn", &json::kString, kStreamArn},
    {"ShardId", &json::kString, kShardId},
    {"ShardIteratorType",
     &json::kString,
     {.not_null = true, .enum_set = "AT_SEQUENCE_NUMBER, AFTER_SEQUENCE_NUMBER, TRIM_HORIZON, LATEST"}},
    {"SequenceNumber", &json::kString, {.length_min = 21, .length_max = 40}},
};

Result<uint64_t> first_record(Call& call, const Stream& stream, const Shard& shard) {
    const std::string_view type = call.input.find("ShardIteratorType").text();
    const json::Node sequence = call.input.find("SequenceNumber");
    const bool numbered = type.ends_with("SEQUENCE_NUMBER");
    if (numbered && !sequence)
        return Error::validation("SequenceNumber must be specified for ShardIteratorType " + std::string(type));
    if (!numbered && sequence)
        return Error::validation("SequenceNumber must not be specified for ShardIteratorType " + std::string(type));
    if (type == "TRIM_HORIZON") return uint64_t{1};
    if (type == "LATEST") return stream.records.next_sequence();
    int64_t at = 0;
    uint64_t record = 0;
    const bool readable = read_sequence_number(sequence.text(), at, record);
    if (readable && at < call.world().now_micros - kStreamRetentionMicros)
        return Error::make(ErrorCode::TrimmedDataAccess,
                           "The operation attempted to read past the oldest stream record in a shard.");
    if (!readable || at < shard.from_micros(stream) || at > shard.to_micros(stream))
        return Error::validation("Invalid SequenceNumber");
    return type == "AFTER_SEQUENCE_NUMBER" ? record + 1 : record;
}

}  // namespace

const json::Shape kInput = json::Shape::structure("GetShardIteratorInput", kMembers);

Status run(Call& call) {
    const int64_t now = call.world().now_micros;
    SORTKEY_TRY(stream, find_stream(call, call.input.find("StreamArn")));
    SORTKEY_TRY(shard, find_shard(*stream, call.input.find("ShardId").text(), now));
    SORTKEY_TRY(record, first_record(call, *stream, shard));
    ObjectWriter answer(call.out);
    answer.text("ShardIterator", write_iterator({stream, shard, record}, now));
    answer.close();
    return {};
}

}  // namespace sortkey::get_shard_iterator
