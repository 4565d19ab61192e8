#include "operations/table_description.h"

#include <algorithm>

#include "catalog/statistics.h"
#include "json/attribute_value.h"
#include "operations/table_options.h"

namespace sortkey {

void write_key_schema(std::string& json, const KeySchema& keys) {
    json += '[';
    for (size_t i = 0; i < keys.size(); ++i) {
        if (i > 0) json += ',';
        json += "{\"AttributeName\":";
        json::write_string(json, keys.at(i).name);
        json += i < keys.hash.size() ? ",\"KeyType\":\"HASH\"}" : ",\"KeyType\":\"RANGE\"}";
    }
    json += ']';
}

namespace {

void write_throughput(std::string& json, const Database& database, const Throughput& throughput,
                      const ThroughputHistory& history) {
    ObjectWriter object(json);
    if (history.increased_micros > 0)
        json::write_timestamp(object.member("LastIncreaseDateTime"), history.increased_micros);
    if (history.decreased_micros > 0)
        json::write_timestamp(object.member("LastDecreaseDateTime"), history.decreased_micros);
    object.integer("NumberOfDecreasesToday", history.decreases_today(database.world().now_micros));
    object.integer("ReadCapacityUnits", throughput.read);
    object.integer("WriteCapacityUnits", throughput.write);
    object.close();
}

void write_on_demand(ObjectWriter& object, const OnDemandMaximum& maximum) {
    if (!maximum.set()) return;
    std::string& out = object.member("OnDemandThroughput");
    ObjectWriter inner(out);
    if (maximum.read >= 0) inner.integer("MaxReadRequestUnits", maximum.read);
    if (maximum.write >= 0) inner.integer("MaxWriteRequestUnits", maximum.write);
    inner.close();
}

void write_warm(ObjectWriter& object, const Table& table, const Throughput& provisioned, const Throughput& warm,
                TableStatus status) {
    const int64_t read = table.on_demand_billing ? kOnDemandReadStart : provisioned.read;
    const int64_t write = table.on_demand_billing ? kOnDemandWriteStart : provisioned.write;
    ObjectWriter inner(object.member("WarmThroughput"));
    inner.integer("ReadUnitsPerSecond", warm.read > read ? warm.read : read);
    inner.integer("WriteUnitsPerSecond", warm.write > write ? warm.write : write);
    inner.text("Status", status == TableStatus::Active ? "ACTIVE" : "UPDATING");
    inner.close();
}

void write_index(std::string& json, const Database& database, const Table& table, const Index& index) {
    const bool building = index.status == TableStatus::Creating;
    ObjectWriter object(json);
    object.text("IndexName", index.name);
    write_key_schema(object.member("KeySchema"), index.keys);
    {
        ObjectWriter projection(object.member("Projection"));
        projection.text("ProjectionType", projection_name(index.projection));
        if (index.projection == ProjectionType::Include) {
            std::string& out = projection.member("NonKeyAttributes");
            out += '[';
            std::vector<std::string> names = index.non_key_attributes;
            std::sort(names.begin(), names.end());
            for (size_t i = 0; i < names.size(); ++i) {
                if (i > 0) out += ',';
                json::write_string(out, names[i]);
            }
            out += ']';
        }
        projection.close();
    }
    if (index.global) {
        object.text("IndexStatus", status_name(table.status == TableStatus::Creating ? table.status : index.status));
        if (building) object.boolean("Backfilling", index.backfilling);
        write_throughput(object.member("ProvisionedThroughput"), database, index.throughput, index.history);
        write_on_demand(object, index.on_demand);
        write_warm(object, table, index.throughput, index.warm, index.status);
    }
    const Counts counts = building ? Counts() : shown_counts(database.world(), table, index);
    object.integer("IndexSizeBytes", static_cast<int64_t>(counts.bytes));
    object.integer("ItemCount", static_cast<int64_t>(counts.items));
    object.text("IndexArn", table_arn(database.region(), table.name) + "/index/" + index.name);
    object.close();
}

void write_indexes(ObjectWriter& object, const Database& database, const Table& table, bool global) {
    bool any = false;
    for (const Index& index : table.indexes) {
        if (index.global != global) continue;
        if (!any) {
            object.member(global ? "GlobalSecondaryIndexes" : "LocalSecondaryIndexes") += '[';
        }
        std::string& out = object.raw();
        if (any) out += ',';
        any = true;
        write_index(out, database, table, index);
    }
    if (any) object.raw() += ']';
}

void write_table(std::string& json, const Database& database, const Table& table, bool deleted) {
    ObjectWriter object(json);
    if (!deleted) {
        std::string& out = object.member("AttributeDefinitions");
        out += '[';
        std::vector<KeyAttribute> attributes = table.attributes;
        std::sort(attributes.begin(), attributes.end(),
                  [](const KeyAttribute& a, const KeyAttribute& b) { return a.name < b.name; });
        for (size_t i = 0; i < attributes.size(); ++i) {
            if (i > 0) out += ',';
            out += "{\"AttributeName\":";
            json::write_string(out, attributes[i].name);
            out += ",\"AttributeType\":\"";
            out += type_name(attributes[i].type);
            out += "\"}";
        }
        out += ']';
    }
    object.text("TableName", table.name);
    if (!deleted) write_key_schema(object.member("KeySchema"), table.keys);
    object.text("TableStatus", status_name(table.status));
    if (!deleted) json::write_timestamp(object.member("CreationDateTime"), table.created_micros);
    write_throughput(object.member("ProvisionedThroughput"), database, table.throughput, table.history);
    const Counts counts = shown_counts(database.world(), table);
    object.integer("TableSizeBytes", static_cast<int64_t>(counts.bytes));
    object.integer("ItemCount", static_cast<int64_t>(counts.items));
    object.text("TableArn", table_arn(database.region(), table.name));
    object.text("TableId", table.uuid);
    if (table.billing_summary) {
        ObjectWriter billing(object.member("BillingModeSummary"));
        billing.text("BillingMode", table.on_demand_billing ? "PAY_PER_REQUEST" : "PROVISIONED");
        if (table.on_demand_since_micros > 0)
            json::write_timestamp(billing.member("LastUpdateToPayPerRequestDateTime"), table.on_demand_since_micros);
        billing.close();
    }
    if (!deleted) {
        write_indexes(object, database, table, false);
        write_indexes(object, database, table, true);
    }
    if (table.stream != StreamView::Off) {
        ObjectWriter stream(object.member("StreamSpecification"));
        stream.boolean("StreamEnabled", true);
        stream.text("StreamViewType", stream_view_name(table.stream));
        stream.close();
    }
    if (!table.stream_label.empty()) {
        object.text("LatestStreamLabel", table.stream_label);
        object.text("LatestStreamArn", table_arn(database.region(), table.name) + "/stream/" + table.stream_label);
    }
    if (table.sse_kms) {
        ObjectWriter sse(object.member("SSEDescription"));
        sse.text("Status", "ENABLED");
        sse.text("SSEType", "KMS");
        sse.text("KMSMasterKeyArn", table.kms_key_arn);
        sse.close();
    }
    if (table.infrequent_access) {
        ObjectWriter table_class(object.member("TableClassSummary"));
        table_class.text("TableClass", "STANDARD_INFREQUENT_ACCESS");
        table_class.close();
    }
    object.boolean("DeletionProtectionEnabled", table.deletion_protection);
    if (!deleted) {
        write_on_demand(object, table.on_demand);
        write_warm(object, table, table.throughput, table.warm, table.status);
    }
    object.close();
}

}  // namespace

void write_table_description(std::string& json, const Database& database, const Table& table) {
    write_table(json, database, table, false);
}

void write_deleted_description(std::string& json, const Database& database, const Table& table) {
    write_table(json, database, table, true);
}

}  // namespace sortkey
