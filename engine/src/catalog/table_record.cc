#include "catalog/table_record.h"

#include <algorithm>
#include <string_view>

#include "json/attribute_value.h"
#include "json/object_writer.h"
#include "json/shape.h"
#include "json/stored.h"

namespace sortkey {
namespace {

// Numbers stand for enums in records; the lists are only ever appended to.
constexpr TableStatus kStatuses[] = {TableStatus::Creating, TableStatus::Updating, TableStatus::Deleting,
                                     TableStatus::Active};

void write_attributes(std::string& json, const std::vector<KeyAttribute>& attributes) {
    json += '[';
    for (size_t i = 0; i < attributes.size(); ++i) {
        if (i > 0) json += ',';
        json += '[';
        json::write_string(json, attributes[i].name);
        json += ",\"" + std::string(type_name(attributes[i].type)) + "\"]";
    }
    json += ']';
}

void write_strings(std::string& json, const std::vector<std::string>& strings) {
    json += '[';
    for (size_t i = 0; i < strings.size(); ++i) {
        if (i > 0) json += ',';
        json::write_string(json, strings[i]);
    }
    json += ']';
}

void write_pair(std::string& json, int64_t first, int64_t second) {
    json += '[' + std::to_string(first) + ',' + std::to_string(second) + ']';
}

void write_counts(ObjectWriter& object, const Counts& counts) {
    write_pair(object.member("counted"), static_cast<int64_t>(counts.items), static_cast<int64_t>(counts.bytes));
}

void write_moments(std::string& json, const std::vector<int64_t>& moments) {
    json += '[';
    for (size_t i = 0; i < moments.size(); ++i) {
        if (i > 0) json += ',';
        json += std::to_string(moments[i]);
    }
    json += ']';
}

void write_history(ObjectWriter& object, const std::optional<Throughput>& next, const ThroughputHistory& history) {
    if (next) write_pair(object.member("nextThroughput"), next->read, next->write);
    write_pair(object.member("lastChange"), history.increased_micros, history.decreased_micros);
    object.integer("decreases", history.decreases);
}

void write_index(std::string& json, const Index& index) {
    ObjectWriter object(json);
    object.text("name", index.name);
    object.boolean("global", index.global);
    write_attributes(object.member("hash"), index.keys.hash);
    write_attributes(object.member("range"), index.keys.range);
    object.integer("projection", static_cast<int64_t>(index.projection));
    write_strings(object.member("nonKey"), index.non_key_attributes);
    write_pair(object.member("throughput"), index.throughput.read, index.throughput.write);
    write_history(object, index.next_throughput, index.history);
    write_pair(object.member("onDemand"), index.on_demand.read, index.on_demand.write);
    write_pair(object.member("warm"), index.warm.read, index.warm.write);
    object.integer("status", static_cast<int64_t>(index.status));
    object.boolean("backfilling", index.backfilling);
    write_counts(object, index.counted);
    object.close();
}

std::vector<KeyAttribute> read_attributes(json::Node record, std::string_view name) {
    std::vector<KeyAttribute> attributes;
    for (const json::Node::Member element : json::elements_in(record, name)) {
        KeyAttribute& attribute = attributes.emplace_back();
        int at = 0;
        for (const json::Node::Member part : json::stored_elements(element.value)) {
            const std::string_view text = json::stored_text(part.value);
            if (at++ == 0) {
                attribute.name = text;
            } else {
                attribute.type = text == "S" ? Type::S : text == "N" ? Type::N : Type::B;
            }
        }
    }
    return attributes;
}

void read_pair(json::Node record, std::string_view name, int64_t& first, int64_t& second) {
    int64_t* const targets[] = {&first, &second};
    size_t at = 0;
    for (const json::Node::Member element : json::elements_in(record, name))
        if (at < std::size(targets) && json::is(element.value, json::Kind::Integer))
            *targets[at++] = element.value.integer();
}

Counts read_counts(json::Node record) {
    int64_t items = 0;
    int64_t bytes = 0;
    read_pair(record, "counted", items, bytes);
    return {static_cast<uint64_t>(items), static_cast<uint64_t>(bytes)};
}

std::vector<int64_t> read_moments(json::Node record, std::string_view name) {
    std::vector<int64_t> moments;
    for (const json::Node::Member element : json::elements_in(record, name))
        if (json::is(element.value, json::Kind::Integer)) moments.push_back(element.value.integer());
    return moments;
}

void read_history(json::Node object, std::optional<Throughput>& next, ThroughputHistory& history) {
    next.reset();
    if (json::stored_member(object, "nextThroughput")) {
        next.emplace();
        read_pair(object, "nextThroughput", next->read, next->write);
    }
    read_pair(object, "lastChange", history.increased_micros, history.decreased_micros);
    history.decreases = static_cast<int32_t>(json::integer_in(object, "decreases"));
}

TableStatus read_status(json::Node object) {
    const int64_t number = json::integer_in(object, "status");
    return number >= 0 && number < 4 ? kStatuses[number] : TableStatus::Active;
}

template <class Enum>
Enum read_enum(json::Node object, std::string_view name, int64_t last) {
    const int64_t number = json::integer_in(object, name);
    return static_cast<Enum>(number >= 0 && number <= last ? number : 0);
}

Index read_index(json::Node record) {
    Index index;
    index.name = json::text_in(record, "name");
    index.global = json::boolean_in(record, "global");
    index.keys.hash = read_attributes(record, "hash");
    index.keys.range = read_attributes(record, "range");
    index.projection = read_enum<ProjectionType>(record, "projection", 2);
    for (const json::Node::Member element : json::elements_in(record, "nonKey"))
        index.non_key_attributes.emplace_back(json::stored_text(element.value));
    read_pair(record, "throughput", index.throughput.read, index.throughput.write);
    read_history(record, index.next_throughput, index.history);
    read_pair(record, "onDemand", index.on_demand.read, index.on_demand.write);
    read_pair(record, "warm", index.warm.read, index.warm.write);
    index.status = read_status(record);
    index.backfilling = json::boolean_in(record, "backfilling");
    index.counted = read_counts(record);
    return index;
}

}  // namespace

void write_table_record(std::string& json, const Table& table) {
    ObjectWriter object(json);
    object.integer("id", table.id);
    object.text("name", table.name);
    object.text("uuid", table.uuid);
    object.integer("created", table.created_micros);
    object.integer("status", static_cast<int64_t>(table.status));
    write_attributes(object.member("attributes"), table.attributes);
    write_attributes(object.member("hash"), table.keys.hash);
    write_attributes(object.member("range"), table.keys.range);
    std::string& out = object.member("indexes");
    out += '[';
    for (size_t i = 0; i < table.indexes.size(); ++i) {
        if (i > 0) out += ',';
        write_index(out, table.indexes[i]);
    }
    out += ']';
    object.boolean("onDemandBilling", table.on_demand_billing);
    object.boolean("billingSummary", table.billing_summary);
    object.integer("onDemandSince", table.on_demand_since_micros);
    write_pair(object.member("throughput"), table.throughput.read, table.throughput.write);
    write_pair(object.member("onDemand"), table.on_demand.read, table.on_demand.write);
    write_pair(object.member("warm"), table.warm.read, table.warm.write);
    write_history(object, table.next_throughput, table.history);
    write_moments(object.member("onDemandSwitches"), table.on_demand_switches);
    write_moments(object.member("classChanges"), table.class_changes);
    write_moments(object.member("encryptionChanges"), table.encryption_changes);
    object.boolean("protected", table.deletion_protection);
    object.boolean("infrequentAccess", table.infrequent_access);
    object.boolean("kms", table.sse_kms);
    object.text("kmsKey", table.kms_key_arn);
    object.integer("stream", static_cast<int64_t>(table.stream));
    object.text("streamLabel", table.stream_label);
    std::string& tags = object.member("tags");
    tags += '[';
    for (size_t i = 0; i < table.tags.size(); ++i) {
        if (i > 0) tags += ',';
        write_strings(tags, {table.tags[i].first, table.tags[i].second});
    }
    tags += ']';
    object.text("ttl", table.time_to_live_attribute);
    object.integer("ttlStatus", static_cast<int64_t>(table.time_to_live));
    object.integer("ttlChanged", table.time_to_live_changed_micros);
    object.text("policy", table.resource_policy);
    object.text("policyRevision", table.policy_revision);
    write_counts(object, table.counted);
    object.integer("countedAt", table.counted_micros);
    object.close();
}

bool read_table_record(json::Node record, Table& table) {
    if (record.kind() != json::Kind::Object) return false;
    table.id = static_cast<uint32_t>(json::integer_in(record, "id"));
    table.name = json::text_in(record, "name");
    table.uuid = json::text_in(record, "uuid");
    table.created_micros = json::integer_in(record, "created");
    table.status = read_status(record);
    table.attributes = read_attributes(record, "attributes");
    table.keys.hash = read_attributes(record, "hash");
    table.keys.range = read_attributes(record, "range");
    if (table.id == 0 || table.name.empty() || table.keys.hash.size() != 1) return false;
    table.indexes.clear();
    for (const json::Node::Member element : json::elements_in(record, "indexes")) {
        table.indexes.push_back(read_index(element.value));
        if (table.indexes.back().name.empty() || table.indexes.back().keys.hash.empty()) return false;
    }
    table.on_demand_billing = json::boolean_in(record, "onDemandBilling");
    table.billing_summary = json::boolean_in(record, "billingSummary");
    table.on_demand_since_micros = json::integer_in(record, "onDemandSince");
    read_pair(record, "throughput", table.throughput.read, table.throughput.write);
    read_pair(record, "onDemand", table.on_demand.read, table.on_demand.write);
    read_pair(record, "warm", table.warm.read, table.warm.write);
    read_history(record, table.next_throughput, table.history);
    table.on_demand_switches = read_moments(record, "onDemandSwitches");
    table.class_changes = read_moments(record, "classChanges");
    table.encryption_changes = read_moments(record, "encryptionChanges");
    table.deletion_protection = json::boolean_in(record, "protected");
    table.infrequent_access = json::boolean_in(record, "infrequentAccess");
    table.sse_kms = json::boolean_in(record, "kms");
    table.kms_key_arn = json::text_in(record, "kmsKey");
    table.stream = read_enum<StreamView>(record, "stream", 4);
    table.stream_label = json::text_in(record, "streamLabel");
    table.tags.clear();
    for (const json::Node::Member element : json::elements_in(record, "tags")) {
        auto& [key, value] = table.tags.emplace_back();
        int at = 0;
        for (const json::Node::Member part : json::stored_elements(element.value))
            (at++ == 0 ? key : value) = json::stored_text(part.value);
    }
    table.time_to_live_attribute = json::text_in(record, "ttl");
    table.time_to_live = read_enum<TimeToLiveStatus>(record, "ttlStatus", 3);
    table.time_to_live_changed_micros = json::integer_in(record, "ttlChanged");
    table.resource_policy = json::text_in(record, "policy");
    table.policy_revision = json::text_in(record, "policyRevision");
    table.counted = read_counts(record);
    table.counted_micros = json::integer_in(record, "countedAt");
    return true;
}

void write_stream_record(std::string& json, const Stream& stream) {
    ObjectWriter object(json);
    object.text("table", stream.table_name);
    object.text("label", stream.label);
    object.integer("view", static_cast<int64_t>(stream.view));
    object.integer("status", static_cast<int64_t>(stream.status));
    write_attributes(object.member("hash"), stream.keys.hash);
    write_attributes(object.member("range"), stream.keys.range);
    object.integer("partitions", stream.partitions);
    write_pair(object.member("openClosed"), stream.created_micros, stream.closed_micros);
    object.text("policy", stream.resource_policy);
    object.text("policyRevision", stream.policy_revision);
    object.integer("first", static_cast<int64_t>(stream.records.oldest_sequence()));
    object.close();
}

Stream* read_stream_record(json::Node record, Streams& streams) {
    if (record.kind() != json::Kind::Object) return nullptr;
    const std::string table(json::text_in(record, "table"));
    const std::string label(json::text_in(record, "label"));
    KeySchema keys;
    keys.hash = read_attributes(record, "hash");
    keys.range = read_attributes(record, "range");
    const int64_t partitions = json::integer_in(record, "partitions");
    int64_t created_micros = 0;
    int64_t closed_micros = 0;
    read_pair(record, "openClosed", created_micros, closed_micros);
    if (table.empty() || label.empty() || keys.hash.size() != 1 || partitions < 1 ||
        partitions > kStreamPartitionsMax || created_micros < 0 || closed_micros < 0)
        return nullptr;
    const Stream* known = streams.find(table, label);
    // A stream keeps its key for life, as its table does.
    if (known && known->keys != keys) return nullptr;
    Stream& stream = streams.at(table, label);
    if (!known) stream.records.restart(static_cast<uint64_t>(json::integer_in(record, "first", 1)));
    stream.view = read_enum<StreamView>(record, "view", 4);
    stream.status = read_enum<StreamStatus>(record, "status", 3);
    stream.keys = std::move(keys);
    stream.partitions = static_cast<uint32_t>(partitions);
    stream.created_micros = created_micros;
    stream.closed_micros = closed_micros;
    stream.resource_policy = json::text_in(record, "policy");
    stream.policy_revision = json::text_in(record, "policyRevision");
    return &stream;
}

}  // namespace sortkey
