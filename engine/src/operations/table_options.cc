#include "operations/table_options.h"

#include <algorithm>

#include "catalog/table_life.h"
#include "operations/table_definition.h"
#include "operations/tags.h"
#include "sortkey/limits.h"

namespace sortkey {

Status read_maximum(const Table& table, const Index* index, json::Node node, OnDemandMaximum& maximum) {
    if (!node) return {};
    maximum = read_on_demand_maximum(node);
    const bool creating = table.uuid.empty();
    const std::string of_index = index ? " for index" + std::string(creating ? ": " : " : ") + index->name : "";
    const auto check = [&](std::string_view member, int64_t value) -> Status {
        if (!node.find(member)) return {};
        if (!table.on_demand_billing)
            return Error::invalid_parameter(std::string(member) + " for OnDemandThroughput" + of_index +
                                            (creating
                                                 ? " cannot be specified when table BillingMode is PROVISIONED."
                                                 : " cannot be specified when the table BillingMode is PROVISIONED"));
        if (value >= 1 || (value == -1 && !creating)) return {};
        return Error::invalid_parameter("Requested " + std::string(member) + " for OnDemandThroughput for " +
                                        (index ? "index : " + index->name : "table") + " is outside of valid range");
    };
    SORTKEY_CHECK(check("MaxReadRequestUnits", maximum.read));
    SORTKEY_CHECK(check("MaxWriteRequestUnits", maximum.write));
    return {};
}

namespace {

Status read_warm(const Table& table, const Throughput& provisioned, json::Node node, const std::string& of,
                 Throughput& warm) {
    if (!node) return {};
    const auto check = [&](std::string_view member, std::string_view units_name, int64_t floor,
                           int64_t& value) -> Status {
        const json::Node units = node.find(member);
        if (!units) return {};
        value = json::integer_of(units);
        if (value >= floor) return {};
        return Error::invalid_parameter(
            "Requested " + std::string(member) + " for WarmThroughput for " + of + " is lower than " +
            (table.on_demand_billing ? "initial throughput for OnDemand. See: "
                                       "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/"
                                       "on-demand-capacity-mode.html#on-demand-capacity-mode-initial"
                                     : std::string(units_name) + " of ProvisionedThroughput"));
    };
    SORTKEY_CHECK(check("ReadUnitsPerSecond", "ReadCapacityUnits",
                        table.on_demand_billing ? kOnDemandReadStart : provisioned.read, warm.read));
    SORTKEY_CHECK(check("WriteUnitsPerSecond", "WriteCapacityUnits",
                        table.on_demand_billing ? kOnDemandWriteStart : provisioned.write, warm.write));
    return {};
}

}  // namespace

Status read_stream_specification(json::Node node, StreamView& view) {
    view = StreamView::Off;
    if (!node) return {};
    const json::Node type = node.find("StreamViewType");
    if (!json::boolean_of(node.find("StreamEnabled"))) {
        if (type)
            return Error::invalid_parameter(
                "Table is being created with a stream disabled, UpdateViewType should not be specified");
        return {};
    }
    if (!type)
        return Error::invalid_parameter("Table is being created with a stream enabled, UpdateViewType is required");
    for (const StreamView candidate :
         {StreamView::KeysOnly, StreamView::NewImage, StreamView::OldImage, StreamView::NewAndOldImages})
        if (stream_view_name(candidate) == type.text()) view = candidate;
    return {};
}

Status read_sse(const Database& database, json::Node node, Table& table) {
    if (!node) return {};
    const json::Node type = node.find("SSEType");
    const json::Node key = node.find("KMSMasterKeyId");
    const bool enabled = json::boolean_of(node.find("Enabled"));
    if (!enabled && type) return Error::invalid_parameter("SSEType can not be specified if Enabled is false");
    if (!enabled && key) return Error::invalid_parameter("KMSMasterKeyId can not be specified if Enabled is false");
    if (text_of(type) == "AES256") return Error::invalid_parameter("SSEType AES256 is not supported");
    if (key && !type) return Error::invalid_parameter("SSEType KMS is required if KMSMasterKeyId is specified");
    table.sse_kms = enabled;
    table.kms_key_arn.clear();
    if (!enabled) return {};
    const std::string_view id = text_of(key);
    if (id.starts_with("arn:")) {
        table.kms_key_arn = id;
    } else {
        table.kms_key_arn = "arn:aws:kms:" + database.region() + ":" + std::string(kAccountId) +
                            (id.empty()                 ? ":alias/aws/dynamodb"
                             : id.starts_with("alias/") ? ":"
                                                        : ":key/") +
                            std::string(id);
    }
    return {};
}

Status read_table_class(json::Node node, Table& table) {
    if (!node) return {};
    if (node.text() != "STANDARD" && node.text() != "STANDARD_INFREQUENT_ACCESS")
        return Error::validation(
            "Invalid table-class parameter provided. Please try again with a valid table-class value: [STANDARD, "
            "STANDARD_INFREQUENT_ACCESS].");
    table.infrequent_access = node.text() == "STANDARD_INFREQUENT_ACCESS";
    return {};
}

Status read_index_options(const Table& table, json::Node node, Index& index) {
    SORTKEY_CHECK(read_maximum(table, &index, node.find("OnDemandThroughput"), index.on_demand));
    return read_warm(table, index.throughput, node.find("WarmThroughput"), "index " + index.name, index.warm);
}

Status read_table_options(Call& call, Table& table) {
    const json::Node input = call.input;
    SORTKEY_CHECK(read_stream_specification(input.find("StreamSpecification"), table.stream));
    SORTKEY_CHECK(read_maximum(table, nullptr, input.find("OnDemandThroughput"), table.on_demand));
    SORTKEY_CHECK(read_warm(table, table.throughput, input.find("WarmThroughput"), "table", table.warm));
    if (const json::Node list = input.find("GlobalSecondaryIndexes"))
        for (const json::Node::Member element : list.elements())
            SORTKEY_CHECK(
                read_index_options(table, element.value, *table.find_index(element.value.find("IndexName").text())));
    SORTKEY_CHECK(read_table_class(input.find("TableClass"), table));
    SORTKEY_CHECK(read_sse(call.database, input.find("SSESpecification"), table));
    if (const json::Node tags = input.find("Tags")) SORTKEY_CHECK(merge_tags(tags, table.tags));
    if (const json::Node policy = input.find("ResourcePolicy")) table.resource_policy = policy.text();
    table.deletion_protection = json::boolean_of(input.find("DeletionProtectionEnabled"));
    return {};
}

void begin_creating(Database& database, Table& table) {
    const int64_t delay = database.world().settings.table_delay_micros;
    table.dirty = true;
    if (delay == 0) {
        settle_table(database, table);
    } else {
        database.schedule(EventKind::TableActive, table, delay);
    }
}

void begin_deleting(Database& database, Table& table) {
    const int64_t delay = database.world().settings.table_delay_micros;
    table.dirty = true;
    if (delay == 0) {
        drop_table(database, table);
    } else {
        table.status = TableStatus::Deleting;
        database.schedule(EventKind::TableDeleted, table, delay);
    }
}

}  // namespace sortkey
