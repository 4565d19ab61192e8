// The table of operations: name → input, wording, function. It is the only dispatch.
#include "operations/operation.h"

#include "operations/batch_execute_statement.h"
#include "operations/batch_get_item.h"
#include "operations/batch_write_item.h"
#include "operations/configure.h"
#include "operations/create_table.h"
#include "operations/delete_item.h"
#include "operations/delete_resource_policy.h"
#include "operations/delete_table.h"
#include "operations/describe_capacity.h"
#include "operations/describe_continuous_backups.h"
#include "operations/describe_endpoints.h"
#include "operations/describe_limits.h"
#include "operations/describe_partitions.h"
#include "operations/describe_stream.h"
#include "operations/describe_table.h"
#include "operations/describe_time_to_live.h"
#include "operations/describe_world.h"
#include "operations/execute_statement.h"
#include "operations/execute_transaction.h"
#include "operations/explain_request.h"
#include "operations/get_item.h"
#include "operations/get_records.h"
#include "operations/get_resource_policy.h"
#include "operations/get_shard_iterator.h"
#include "operations/list_streams.h"
#include "operations/list_tables.h"
#include "operations/list_tags_of_resource.h"
#include "operations/put_item.h"
#include "operations/put_resource_policy.h"
#include "operations/query.h"
#include "operations/read_items.h"
#include "operations/reset.h"
#include "operations/scan.h"
#include "operations/state_digest.h"
#include "operations/tag_resource.h"
#include "operations/transact_get_items.h"
#include "operations/transact_write_items.h"
#include "operations/untag_resource.h"
#include "operations/update_item.h"
#include "operations/update_table.h"
#include "operations/update_time_to_live.h"

namespace sortkey {
namespace {

#define ROW(name, service, family, space) \
    { name, Service::service, Family::family, &space::kInput, space::run }
const Operation kOperations[] = {
    ROW("BatchExecuteStatement", DynamoDB, Older, batch_execute_statement),
    ROW("BatchGetItem", DynamoDB, Bare, batch_get_item),
    ROW("BatchWriteItem", DynamoDB, Older, batch_write_item),
    ROW("CreateTable", DynamoDB, Bare, create_table),
    ROW("DeleteItem", DynamoDB, Writes, delete_item),
    ROW("DeleteResourcePolicy", DynamoDB, Bare, delete_resource_policy),
    ROW("DeleteTable", DynamoDB, Bare, delete_table),
    ROW("DescribeContinuousBackups", DynamoDB, Bare, describe_continuous_backups),
    ROW("DescribeEndpoints", DynamoDB, Bare, describe_endpoints),
    ROW("DescribeLimits", DynamoDB, Bare, describe_limits),
    ROW("DescribeTable", DynamoDB, Bare, describe_table),
    ROW("DescribeTimeToLive", DynamoDB, Bare, describe_time_to_live),
    ROW("ExecuteStatement", DynamoDB, Older, execute_statement),
    ROW("ExecuteTransaction", DynamoDB, Older, execute_transaction),
    ROW("GetItem", DynamoDB, Bare, get_item),
    ROW("GetResourcePolicy", DynamoDB, Bare, get_resource_policy),
    ROW("ListTables", DynamoDB, Bare, list_tables),
    ROW("ListTagsOfResource", DynamoDB, Bare, list_tags_of_resource),
    ROW("PutItem", DynamoDB, Writes, put_item),
    ROW("PutResourcePolicy", DynamoDB, Bare, put_resource_policy),
    ROW("Query", DynamoDB, Query, query),
    ROW("Scan", DynamoDB, Older, scan),
    ROW("TagResource", DynamoDB, Bare, tag_resource),
    ROW("TransactGetItems", DynamoDB, Older, transact_get_items),
    ROW("TransactWriteItems", DynamoDB, Older, transact_write_items),
    ROW("UntagResource", DynamoDB, Bare, untag_resource),
    ROW("UpdateItem", DynamoDB, Writes, update_item),
    ROW("UpdateTable", DynamoDB, Bare, update_table),
    ROW("UpdateTimeToLive", DynamoDB, Bare, update_time_to_live),

    ROW("DescribeStream", Streams, Bare, describe_stream),
    ROW("GetRecords", Streams, Bare, get_records),
    ROW("GetShardIterator", Streams, Bare, get_shard_iterator),
    ROW("ListStreams", Streams, Bare, list_streams),

    ROW("Configure", Sortkey, Bare, configure),
    ROW("DescribeCapacity", Sortkey, Bare, describe_capacity),
    ROW("DescribePartitions", Sortkey, Bare, describe_partitions),
    ROW("DescribeWorld", Sortkey, Bare, describe_world),
    ROW("ExplainRequest", Sortkey, Bare, explain_request),
    ROW("ReadItems", Sortkey, Bare, read_items),
    ROW("Reset", Sortkey, Bare, reset),
    ROW("StateDigest", Sortkey, Bare, state_digest),
};
#undef ROW

std::string_view service_prefix(Service service) {
    switch (service) {
        case Service::DynamoDB:
            return "DynamoDB_20120810.";
        case Service::Streams:
            return "DynamoDBStreams_20120810.";
        case Service::Sortkey:
            break;
    }
    return "Sortkey_20261120.";
}

}  // namespace

std::span<const Operation> all_operations() { return kOperations; }

std::string target_of(const Operation& operation) {
    return std::string(service_prefix(operation.service)) + std::string(operation.name);
}

const Operation* find_operation(std::string_view target) {
    const size_t dot = target.find('.');
    if (dot == std::string_view::npos) return nullptr;
    const std::string_view name = target.substr(dot + 1);
    const std::string_view prefix = target.substr(0, dot + 1);
    for (const Operation& operation : kOperations)
        if (operation.name == name && service_prefix(operation.service) == prefix) return &operation;
    return nullptr;
}

Consumed& Charges::of(std::string_view table_name, uint32_t table_id) {
    for (size_t i = 0; i < count_; ++i)
        if (charges_[i].table_id == table_id) return charges_[i].consumed;
    if (count_ == charges_.size()) charges_.emplace_back();
    Charge& charge = charges_[count_++];
    charge.table_name = table_name;
    charge.table_id = table_id;
    charge.consumed.clear();
    return charge.consumed;
}

Consumed& Call::charge(const Table& table) { return trace.charges.of(table.name, table.id); }

namespace {

Status checked_run(const Operation& operation, Call& call) {
    SORTKEY_CHECK(json::check_types(*operation.input, call.input));
    SORTKEY_CHECK(json::check_constraints(*operation.input, call.input, call.wording));
    return operation.run(call);
}

}  // namespace

Status run_operation(const Operation& operation, Call& call) {
    const Layer layer = layer_of(call.world().settings.wording, operation.family);
    call.wording = layer.texts;
    call.operation = operation.name;
    if (operation.service == Service::Sortkey) return checked_run(operation, call);

    Trace& trace = call.trace;
    trace.operation = operation.name;
    trace.table.clear();
    trace.charges.clear();
    trace.items.clear();
    const size_t answer_from = call.out.size();
    Status status = checked_run(operation, call);
    for (const Charge& charge : trace.charges)
        if (Table* table = call.database.find(charge.table_id))
            table->meter.add(call.world().now_micros, charge.consumed.read_halves(), charge.consumed.write_halves());
    trace.failed = !status;
    if (status) return status;
    call.out.resize(answer_from);
    Error& error = status.error();
    if (layer.envelops(error.family)) error.message.insert(0, "1 validation error detected: ");
    trace.error = error;
    return status;
}

}  // namespace sortkey
