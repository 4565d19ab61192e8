// ListStreams: streams of a Region or of one table, those that were switched off in the last 24 hours included.
#include "operations/list_streams.h"

#include "json/attribute_value.h"
#include "operations/stream_shards.h"

namespace sortkey::list_streams {
namespace {

constexpr int64_t kPageMax = 100;
constexpr json::Member kMembers[] = {
    {"TableName", &json::kString, {.pattern = json::kNamePattern, .length_min = 3, .length_max = 255}},
    {"Limit", &json::kInteger, {.value_min = 1, .value_max = kPageMax}},
    {"ExclusiveStartStreamArn", &json::kString, {.length_min = 37, .length_max = 1024}},
};

}  // namespace

const json::Shape kInput = json::Shape::structure("ListStreamsInput", kMembers);

Status run(Call& call) {
    const json::Node limit_node = call.input.find("Limit");
    const json::Node start = call.input.find("ExclusiveStartStreamArn");
    const int64_t limit = limit_node ? json::integer_of(limit_node) : kPageMax;
    const std::string_view table = plain_table_name(text_of(call.input.find("TableName")));
    const std::string& region = call.database.region();
    // The order is that of (table name, label); a start that is gone still has its place in it.
    Streams::Map::key_type after;
    if (start) {
        const std::string_view arn = start.text();
        const size_t label_at = arn.find("/stream/");
        if (label_at == std::string_view::npos) return Error::validation("Invalid StreamArn");
        after = {std::string(plain_table_name(arn)), std::string(arn.substr(label_at + 8))};
    }
    ObjectWriter answer(call.out);
    std::string& list = answer.member("Streams");
    list += '[';
    int64_t count = 0;
    const Stream* last = nullptr;
    bool more = false;
    for (const auto& [key, stream] : call.database.streams().all()) {
        if ((start && key <= after) || (!table.empty() && key.first != table)) continue;
        if (count == limit) {
            more = true;
            break;
        }
        if (count++ > 0) list += ',';
        ObjectWriter entry(list);
        entry.text("StreamArn", stream_arn(region, stream));
        entry.text("TableName", stream.table_name);
        entry.text("StreamLabel", stream.label);
        entry.close();
        last = &stream;
    }
    list += ']';
    if (more) answer.text("LastEvaluatedStreamArn", stream_arn(region, *last));
    answer.close();
    return {};
}

}  // namespace sortkey::list_streams
