// CreateTable: a new table, CREATING until its event fires (spec: api.md §6, order of messages there).
#include "operations/create_table.h"

#include <algorithm>
#include <utility>

#include "catalog/memory_limit.h"
#include "operations/table_definition.h"
#include "operations/table_description.h"
#include "operations/table_options.h"

namespace sortkey::create_table {
namespace {

constexpr json::Member kMembers[] = {
    {"AttributeDefinitions", &kAttributeDefinitions, kRequired},
    {"TableName",
     &json::kString,
     {.required_parameter = true, .pattern = json::kNamePattern, .length_min = 3, .length_max = 255}},
    {"BillingMode", &json::kString, {.enum_set = "PROVISIONED, PAY_PER_REQUEST"}},
    {"ProvisionedThroughput", &kProvisionedThroughput},
    {"KeySchema", &kKeySchema, {.not_null = true, .length_min = 1, .length_max = 2}},
    {"GlobalSecondaryIndexes", &kGlobalSecondaryIndexes},
    {"LocalSecondaryIndexes", &kLocalSecondaryIndexes},
    {"StreamSpecification", &kStreamSpecification},
    {"SSESpecification", &kSseSpecification},
    {"Tags", &kTags},
    {"TableClass", &json::kString},
    {"DeletionProtectionEnabled", &json::kBoolean},
    {"OnDemandThroughput", &kOnDemandThroughput},
    {"WarmThroughput", &kWarmThroughput},
    {"ResourcePolicy", &json::kString},
};

Status read_billing(json::Node input, Table& table) {
    const json::Node throughput = input.find("ProvisionedThroughput");
    if (text_of(input.find("BillingMode")) == "PAY_PER_REQUEST") {
        if (throughput)
            return Error::invalid_parameter(
                "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is "
                "PAY_PER_REQUEST");
        table.on_demand_billing = true;
        table.billing_summary = true;
        return {};
    }
    if (!throughput)
        return Error::invalid_parameter(
            "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED");
    SORTKEY_TRY(units, read_throughput(throughput));
    table.throughput = units;
    return {};
}

// Every definition must be the key of something, which is looked at before anything else about indexes.
Status check_definitions_used(json::Node input, const Table& table) {
    std::vector<std::string> used;
    bool with_indexes = false;
    const auto use = [&](std::string name) {
        if (std::find(used.begin(), used.end(), name) == used.end()) used.push_back(std::move(name));
    };
    for (size_t i = 0; i < table.keys.size(); ++i) use(table.keys.at(i).name);
    Type type;
    for (const std::string_view list : {"LocalSecondaryIndexes", "GlobalSecondaryIndexes"}) {
        const json::Node indexes = input.find(list);
        if (!indexes) continue;
        if (indexes.count() == 0) return {};  // has a message of its own
        with_indexes = true;
        for (const json::Node::Member index : indexes.elements())
            for (const json::Node::Member element : index.value.find("KeySchema").elements()) {
                const std::string_view name = element.value.find("AttributeName").text();
                if (!table.declared_type(name, type)) return {};  // so has this
                use(std::string(name));
            }
    }
    if (used.size() == table.attributes.size()) return {};
    if (const json::Node indexes = input.find("GlobalSecondaryIndexes"))
        for (const json::Node::Member index : indexes.elements())
            SORTKEY_CHECK(check_key_names(index.value.find("KeySchema")));
    if (!with_indexes)
        return Error::invalid_parameter(
            "Number of attributes in KeySchema does not exactly match number of attributes defined in "
            "AttributeDefinitions");
    std::vector<std::string> defined;
    for (const KeyAttribute& attribute : table.attributes) defined.push_back(attribute.name);
    return Error::invalid_parameter("Some AttributeDefinitions are not used. AttributeDefinitions: [" +
                                    joined_names(defined) + "], keys used: [" + joined_names(used) + "]");
}

}  // namespace

const json::Shape kInput = json::Shape::structure("CreateTableInput", kMembers);

Status run(Call& call) {
    const json::Node input = call.input;
    Database& database = call.database;
    Table table;
    table.name = input.find("TableName").text();
    call.trace.table = table.name;
    SORTKEY_CHECK(read_billing(input, table));
    SORTKEY_TRY(attributes, read_attribute_definitions(input.find("AttributeDefinitions")));
    table.attributes = std::move(attributes);
    SORTKEY_TRY(keys, read_key_schema(input.find("KeySchema"), table.attributes, 1));
    table.keys = std::move(keys);
    SORTKEY_CHECK(check_definitions_used(input, table));
    SORTKEY_TRY(indexes, read_indexes(input, table.attributes, table.keys, table.on_demand_billing));
    table.indexes = std::move(indexes);
    table.created_micros = table.counted_micros = database.world().now_micros;
    SORTKEY_CHECK(read_table_options(call, table));

    if (database.find(table.name)) return in_use("Table already exists: " + table.name);
    SORTKEY_CHECK(check_memory(database.world(), kMemoryForDefinition + table.resource_policy.size()));
    if (table.on_demand_billing) table.on_demand_since_micros = table.created_micros;
    table.uuid = database.world().random.uuid();
    const StreamView view = std::exchange(table.stream, StreamView::Off);
    Table& added = database.add(std::move(table));
    if (view != StreamView::Off) open_stream(database, added, view);
    call.out += "{\"TableDescription\":";
    write_table_description(call.out, database, added);
    call.out += '}';
    begin_creating(database, added);
    return {};
}

}  // namespace sortkey::create_table
