// DescribePartitions: the hash ranges a table is spread over, and which partition keys are where.
#include "operations/describe_partitions.h"

#include <algorithm>

#include "capacity/partitions.h"
#include "json/attribute_value.h"
#include "operations/common.h"
#include "support/md5.h"

namespace sortkey::describe_partitions {
namespace {

constexpr int64_t kKeysMax = 50;
// A table may be provisioned with 10^12 units, but nobody reads a list of 10^8 partitions.
constexpr uint64_t kPartitionsMax = 1000;
constexpr json::Member kMembers[] = {
    {"TableName", &json::kString, kTableName},
    {"KeysPerPartition", &json::kInteger, {.value_min = 0, .value_max = kKeysMax}},
};

std::string hash_text(uint64_t hash) {
    std::string bytes;
    append_hash(bytes, hash);
    return hex(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
}

// Where a partition begins; partition `count` would begin behind the last hash.
uint64_t boundary(uint64_t partition, uint64_t count) {
    return static_cast<uint64_t>((static_cast<unsigned __int128>(partition) << 64) / count);
}

void write_keys(std::string& json, const Table& table, const std::string& from, const std::string& to, int64_t most) {
    OrderedMap::Cursor at(table.items);
    at.lower_bound(from);
    for (int64_t count = 0; count < most && at.valid() && (to.empty() || at.key() < to); ++count) {
        if (count > 0) json += ',';
        const ItemView item(at.value());
        const std::string& name = table.keys.hash[0].name;
        ObjectWriter key(json);
        ObjectWriter value(key.member("Key"));
        json::write_value(value.member(name), item.find(name));
        value.close();
        key.text("Hash", hash_text(hash_of_row(at.key())));
        key.close();
        // On to the next partition key.
        const std::string_view scalar = item.find(name).scalar();
        std::string prefix;
        append_partition(prefix, table.keys, &scalar);
        at.lower_bound(prefix_end(prefix));
    }
}

}  // namespace

const json::Shape kInput = json::Shape::structure("DescribePartitionsInput", kMembers);

Status run(Call& call) {
    SORTKEY_TRY(table, table_for_control(call, call.input.find("TableName")));
    const json::Node keys_wanted = call.input.find("KeysPerPartition");
    const int64_t keys_most = keys_wanted ? json::integer_of(keys_wanted) : kKeysMax;
    const uint64_t count = partition_count(table->on_demand_billing, table->throughput.read, table->throughput.write,
                                           table->items.bytes());
    ObjectWriter answer(call.out);
    answer.text("TableName", table->name);
    answer.integer("Items", static_cast<int64_t>(table->items.size()));
    answer.integer("Bytes", static_cast<int64_t>(table->items.bytes()));
    answer.integer("PartitionCount", static_cast<int64_t>(count));
    std::string& partitions = answer.member("Partitions");
    partitions += '[';
    for (uint64_t i = 0; i < std::min(count, kPartitionsMax); ++i) {
        if (i > 0) partitions += ',';
        const uint64_t first = boundary(i, count);
        const uint64_t last = i + 1 == count ? UINT64_MAX : boundary(i + 1, count) - 1;
        std::string from;
        append_hash(from, first);
        std::string to;
        if (i + 1 < count) append_hash(to, last + 1);
        const RangeStats stats = i + 1 < count ? table->items.range_stats(from, to) : table->items.range_stats(from);
        ObjectWriter partition(partitions);
        partition.integer("Id", static_cast<int64_t>(i));
        partition.text("HashFrom", hash_text(first));
        partition.text("HashTo", hash_text(last));
        partition.integer("Items", static_cast<int64_t>(stats.count));
        partition.integer("Bytes", static_cast<int64_t>(stats.bytes));
        std::string& keys = partition.member("Keys");
        keys += '[';
        write_keys(keys, *table, from, to, keys_most);
        keys += ']';
        partition.close();
    }
    partitions += ']';
    answer.close();
    return {};
}

}  // namespace sortkey::describe_partitions
