#include "operations/index_updates.h"

#include <algorithm>

#include "catalog/memory_limit.h"
#include "catalog/table_life.h"
#include "operations/table_definition.h"
#include "operations/table_options.h"
#include "operations/throughput_change.h"
#include "sortkey/limits.h"

namespace sortkey {
namespace {

// In units of the table delay: 5 s become the minute in which resources are allocated and the 5 minutes of a build.
constexpr int64_t kAllocationDelays = 12;
constexpr int64_t kBuildDelays = 60;

Error one_build_at_a_time() {
    return Error::make(
        ErrorCode::LimitExceeded,
        "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table");
}

std::string_view name_of(json::Node update) {
    for (const std::string_view action : {"Update", "Create", "Delete"})
        if (const json::Node node = update.find(action)) return node.find("IndexName").text();
    return {};
}

// A delta: what the table declares already stays as it is, new names are added.
Status merge_definitions(json::Node list, Table& table) {
    SORTKEY_TRY(declared, read_attribute_definitions(list));
    for (KeyAttribute& definition : declared) {
        Type known;
        if (!table.declared_type(definition.name, known)) table.attributes.push_back(std::move(definition));
    }
    return {};
}

Status create_index(const World& world, json::Node input, json::Node create, Table& table) {
    const std::string name(create.find("IndexName").text());
    if (table.find_index(name)) return Error::validation("Attempting to create an index which already exists");
    const json::Node definitions = input.find("AttributeDefinitions");
    // Even where the table has all of them already.
    if (!definitions) return Error::invalid_parameter("AttributeDefinitions is not specified for index: " + name);
    SORTKEY_CHECK(merge_definitions(definitions, table));
    const bool numbers = static_cast<bool>(create.find("ProvisionedThroughput"));
    if (table.on_demand_billing && numbers)
        return Error::invalid_parameter(
            "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for index: " + name +
            " when BillingMode is PAY_PER_REQUEST");
    if (!table.on_demand_billing && !numbers)
        return Error::invalid_parameter("Both ReadCapacityUnits and WriteCapacityUnits must be specified for index: " +
                                        name);
    SORTKEY_TRY(index, read_global_index(create, table.attributes, table.on_demand_billing));
    SORTKEY_CHECK(read_index_options(table, create, index));
    int count = 1;
    for (const Index& known : table.indexes) count += known.global ? 1 : 0;
    if (count > limits::kGlobalIndexesMax)
        return Error::make(
            ErrorCode::LimitExceeded,
            "Subscriber limit exceeded: Number of global secondary indexes exceeds per-table limit of 20");
    index.status = TableStatus::Creating;
    table.indexes.push_back(std::move(index));
    SORTKEY_CHECK(check_projected_count(table.indexes));
    // Filled now, so that every write until the build is over keeps it complete.
    if (rebuild_index(table, table.indexes.back(), world.settings.memory_limit_bytes)) return {};
    return memory_is_full(world);
}

Status delete_index(json::Node remove, Table& table, IndexPlan& plan) {
    SORTKEY_TRY(index, global_index(table, remove.find("IndexName").text(), "delete"));
    if (index->status == TableStatus::Deleting)
        return in_use("Attempt to change a resource which is still in use: Index is being deleted: " + index->name);
    plan.cancels = index->status == TableStatus::Creating;
    plan.deleted = index->name;
    index->status = TableStatus::Deleting;
    index->backfilling = false;
    return {};
}

// Provisioned numbers are change_throughput()'s; this is for the rest.
Status update_index(json::Node update, Table& table, IndexPlan& plan) {
    SORTKEY_TRY(index, global_index(table, update.find("IndexName").text(), "update"));
    const json::Node maximum = update.find("OnDemandThroughput");
    const json::Node warm = update.find("WarmThroughput");
    const bool no_maximum = !maximum || (!maximum.find("MaxReadRequestUnits") && !maximum.find("MaxWriteRequestUnits"));
    if (table.on_demand_billing && !warm && no_maximum) return only_on_demand_updates(index->name);
    bool updating = false;
    SORTKEY_CHECK(change_maximum(table, index, maximum, index->on_demand, updating));
    SORTKEY_CHECK(raise_warm(table, index->throughput, warm, "index " + index->name, index->warm, updating));
    if (updating && index->status == TableStatus::Active) index->status = TableStatus::Updating;
    plan.updates = plan.updates || updating;
    return {};
}

}  // namespace

Result<Index*> global_index(Table& table, std::string_view name, std::string_view what) {
    Index* index = table.find_index(name);
    if (!index)
        return Error::make(ErrorCode::ResourceNotFound,
                           "Requested resource not found: Index " + std::string(name) + " for table " + table.name);
    if (!index->global)
        return Error::validation("Cannot " + std::string(what) +
                                 " an index that is not a GlobalSecondaryIndex: " + std::string(name));
    return index;
}

Error only_on_demand_updates(const std::string& name) {
    return Error::invalid_parameter("The only Updates for index: " + name +
                                    " when TableThroughputMode is PAY_PER_REQUEST can be to OnDemandThroughput, "
                                    "WarmThroughput");
}

Status check_index_updates(json::Node list) {
    if (!list) return {};
    std::vector<std::string_view> seen;
    for (const json::Node::Member element : list.elements()) {
        int actions = 0;
        for (const std::string_view action : {"Update", "Create", "Delete"})
            actions += element.value.find(action) ? 1 : 0;
        if (actions > 1)
            return Error::invalid_parameter(
                "Only one global secondary index action is allowed per GlobalSecondaryIndexUpdate object");
        const std::string_view name = name_of(element.value);
        if (name.empty())
            return Error::invalid_parameter(
                "One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, "
                "GlobalSecondaryIndexUpdate.Delete must not be null");
        if (std::find(seen.begin(), seen.end(), name) != seen.end())
            return Error::invalid_parameter(
                "Only one global secondary index update per index is allowed simultaneously. Index: " +
                std::string(name));
        seen.push_back(name);
        const json::Node update = element.value.find("Update");
        const json::Node warm = update ? update.find("WarmThroughput") : json::Node();
        if (warm && !warm.find("ReadUnitsPerSecond") && !warm.find("WriteUnitsPerSecond"))
            return Error::invalid_parameter(
                "WarmThroughput must have at least one of ReadUnitsPerSecond or WriteUnitsPerSecond specified for "
                "index: " +
                std::string(name));
    }
    return {};
}

Result<IndexPlan> change_indexes(Call& call, Table& table) {
    IndexPlan plan;
    const json::Node list = call.input.find("GlobalSecondaryIndexUpdates");
    if (!list) return plan;
    int builds = 0;
    bool creates = false;
    for (const json::Node::Member element : list.elements()) {
        const json::Node create = element.value.find("Create");
        creates = creates || create;
        builds += create || element.value.find("Delete") ? 1 : 0;
    }
    if (builds > 1) return one_build_at_a_time();
    for (const Index& index : table.indexes)
        if ((creates && index.status == TableStatus::Creating) || (builds > 0 && index.status == TableStatus::Deleting))
            return one_build_at_a_time();
    for (const json::Node::Member element : list.elements()) {
        if (const json::Node create = element.value.find("Create")) {
            SORTKEY_CHECK(create_index(call.world(), call.input, create, table));
            plan.created = create.find("IndexName").text();
        } else if (const json::Node remove = element.value.find("Delete")) {
            SORTKEY_CHECK(delete_index(remove, table, plan));
        } else {
            SORTKEY_CHECK(update_index(element.value.find("Update"), table, plan));
        }
    }
    drop_unused_definitions(table);
    return plan;
}

void begin_index_changes(Database& database, Table& table, const IndexPlan& plan) {
    const int64_t delay = database.world().settings.table_delay_micros;
    if (!plan.created.empty()) {
        if (delay == 0) {
            table.find_index(plan.created)->status = TableStatus::Active;
        } else {
            database.schedule(EventKind::IndexBackfill, table, kAllocationDelays * delay, plan.created);
            database.schedule(EventKind::IndexActive, table, kBuildDelays * delay, plan.created);
        }
    }
    if (plan.deleted.empty()) return;
    if (plan.cancels) database.world().events.cancel(EventKind::IndexActive, database.region(), table.id, plan.deleted);
    if (delay == 0) {
        drop_index(table, plan.deleted);
    } else {
        database.schedule(EventKind::IndexDeleted, table, delay, plan.deleted);
    }
}

}  // namespace sortkey
