#include "operations/table_definition.h"

#include <algorithm>

#include "sortkey/limits.h"
#include "support/name_set.h"

namespace sortkey {
namespace {

constexpr json::Constraint kRequiredAttributeName{.not_null = true, .length_min = 1, .length_max = 255};
constexpr json::Member kAttributeDefinitionMembers[] = {
    {"AttributeName", &json::kString, kRequiredAttributeName},
    {"AttributeType", &json::kString, {.not_null = true, .enum_set = "B, N, S"}},
};
constexpr json::Shape kAttributeDefinition = json::Shape::structure("AttributeDefinition", kAttributeDefinitionMembers);
constexpr json::Member kKeySchemaMembers[] = {
    {"AttributeName", &json::kString, kRequiredAttributeName},
    {"KeyType", &json::kString, {.not_null = true, .enum_set = "HASH, RANGE"}},
};
constexpr json::Shape kKeySchemaElement = json::Shape::structure("KeySchemaElement", kKeySchemaMembers);
constexpr json::Member kThroughputMembers[] = {
    {"WriteCapacityUnits", &json::kLong, {.not_null = true, .value_min = 1}},
    {"ReadCapacityUnits", &json::kLong, {.not_null = true, .value_min = 1}},
};
constexpr json::Member kOnDemandMembers[] = {
    {"MaxReadRequestUnits", &json::kLong},
    {"MaxWriteRequestUnits", &json::kLong},
};
constexpr json::Member kWarmMembers[] = {
    {"ReadUnitsPerSecond", &json::kLong},
    {"WriteUnitsPerSecond", &json::kLong},
};
constexpr json::Shape kNonKeyAttributes = json::Shape::list(json::kString, {.length_min = 1, .length_max = 255});
constexpr json::Member kProjectionMembers[] = {
    {"ProjectionType", &json::kString, {.enum_set = "ALL, INCLUDE, KEYS_ONLY"}},
    {"NonKeyAttributes", &kNonKeyAttributes, {.length_min = 1, .length_max = 20}},
};
constexpr json::Constraint kRequiredIndexName{
    .not_null = true, .pattern = json::kNamePattern, .length_min = 3, .length_max = 255};
}  // namespace

constexpr json::Shape kAttributeDefinitions = json::Shape::list(kAttributeDefinition);
constexpr json::Shape kKeySchema = json::Shape::list(kKeySchemaElement);
constexpr json::Shape kProjectionShape = json::Shape::structure("Projection", kProjectionMembers);
constexpr json::Shape kProvisionedThroughput = json::Shape::structure("ProvisionedThroughput", kThroughputMembers);
constexpr json::Shape kOnDemandThroughput = json::Shape::structure("OnDemandThroughput", kOnDemandMembers);
constexpr json::Shape kWarmThroughput = json::Shape::structure("WarmThroughput", kWarmMembers);

namespace {
constexpr json::Member kLocalMembers[] = {
    {"IndexName", &json::kString, kRequiredIndexName},
    {"KeySchema", &kKeySchema, {.not_null = true, .length_min = 1, .length_max = 2}},
    {"Projection", &kProjectionShape, kRequired},
};
constexpr json::Shape kLocalIndex = json::Shape::structure("LocalSecondaryIndex", kLocalMembers);
constexpr json::Member kGlobalMembers[] = {
    {"IndexName", &json::kString, kRequiredIndexName},
    {"KeySchema", &kKeySchema, {.not_null = true, .length_min = 1, .length_max = 8}},
    {"Projection", &kProjectionShape, kRequired},
    {"ProvisionedThroughput", &kProvisionedThroughput},
    {"OnDemandThroughput", &kOnDemandThroughput},
    {"WarmThroughput", &kWarmThroughput},
};
constexpr json::Shape kGlobalIndex = json::Shape::structure("GlobalSecondaryIndex", kGlobalMembers);
constexpr json::Member kUpdateIndexMembers[] = {
    {"IndexName", &json::kString, kRequiredIndexName},
    {"ProvisionedThroughput", &kProvisionedThroughput, {.not_null_once = true}},
    {"OnDemandThroughput", &kOnDemandThroughput},
    {"WarmThroughput", &kWarmThroughput},
};
constexpr json::Shape kUpdateIndex = json::Shape::structure("UpdateGlobalSecondaryIndexAction", kUpdateIndexMembers);
constexpr json::Member kCreateIndexMembers[] = {
    {"Projection", &kProjectionShape, kRequired},
    {"IndexName", &json::kString, kRequiredIndexName},
    {"ProvisionedThroughput", &kProvisionedThroughput},
    {"KeySchema", &kKeySchema, {.not_null = true, .length_min = 1, .length_max = 8}},
    {"OnDemandThroughput", &kOnDemandThroughput},
    {"WarmThroughput", &kWarmThroughput},
};
constexpr json::Shape kCreateIndex = json::Shape::structure("CreateGlobalSecondaryIndexAction", kCreateIndexMembers);
constexpr json::Member kDeleteIndexMembers[] = {
    {"IndexName", &json::kString, kRequiredIndexName},
};
constexpr json::Shape kDeleteIndex = json::Shape::structure("DeleteGlobalSecondaryIndexAction", kDeleteIndexMembers);
constexpr json::Member kIndexUpdateMembers[] = {
    {"Update", &kUpdateIndex},
    {"Create", &kCreateIndex},
    {"Delete", &kDeleteIndex},
};
constexpr json::Shape kIndexUpdate = json::Shape::structure("GlobalSecondaryIndexUpdate", kIndexUpdateMembers);
constexpr json::Member kStreamMembers[] = {
    {"StreamEnabled", &json::kBoolean, kRequired},
    {"StreamViewType", &json::kString, {.enum_set = "OLD_IMAGE, KEYS_ONLY, NEW_AND_OLD_IMAGES, NEW_IMAGE"}},
};
constexpr json::Member kSseMembers[] = {
    {"Enabled", &json::kBoolean},
    {"SSEType", &json::kString, {.enum_set = "AES256, KMS"}},
    {"KMSMasterKeyId", &json::kString, {.length_min = 1}},
};
constexpr json::Member kTagMembers[] = {
    {"Key", &json::kString},
    {"Value", &json::kString},
};
constexpr json::Shape kTag = json::Shape::structure("Tag", kTagMembers);
}  // namespace

constexpr json::Shape kLocalSecondaryIndexes = json::Shape::list(kLocalIndex);
constexpr json::Shape kGlobalSecondaryIndexes = json::Shape::list(kGlobalIndex);
constexpr json::Shape kGlobalSecondaryIndexUpdates = json::Shape::list(kIndexUpdate);
constexpr json::Shape kStreamSpecification = json::Shape::structure("StreamSpecification", kStreamMembers);
constexpr json::Shape kSseSpecification = json::Shape::structure("SSESpecification", kSseMembers);
constexpr json::Shape kTags = json::Shape::list(kTag);

std::string joined_names(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) {
        if (!text.empty()) text += ", ";
        text += name;
    }
    return text;
}

Result<std::vector<KeyAttribute>> read_attribute_definitions(json::Node list) {
    std::vector<KeyAttribute> attributes;
    if (!list) return attributes;
    NameSet seen;
    for (const json::Node::Member element : list.elements()) {
        const std::string name(element.value.find("AttributeName").text());
        const std::string_view type = element.value.find("AttributeType").text();
        if (!seen.add(element.value.find("AttributeName").text()))
            return Error::validation("Attribute Name is duplicated: " + name);
        attributes.push_back({name, type == "S" ? Type::S : type == "N" ? Type::N : Type::B});
    }
    return attributes;
}

Status check_key_names(json::Node key_schema) {
    NameSet seen;
    for (const json::Node::Member element : key_schema.elements()) {
        if (seen.add(element.value.find("AttributeName").text())) continue;
        return Error::validation(key_schema.count() == 2
                                     ? "Both the Hash Key and the Range Key element in the KeySchema have the same name"
                                     : "The KeySchema contains multiple key attributes with the same name");
    }
    return {};
}

Result<KeySchema> read_key_schema(json::Node list, const std::vector<KeyAttribute>& attributes, size_t parts_max) {
    std::vector<std::string> names;
    std::vector<bool> is_hash;
    for (const json::Node::Member element : list.elements()) {
        names.emplace_back(element.value.find("AttributeName").text());
        is_hash.push_back(element.value.find("KeyType").text() == "HASH");
    }
    std::vector<std::string> defined;
    for (const KeyAttribute& attribute : attributes) defined.push_back(attribute.name);
    if (parts_max == 1 && names.size() > defined.size())
        return Error::validation("Invalid KeySchema: Some index key attribute have no definition");
    const auto undefined = [&](const std::string& name) {
        return std::find(defined.begin(), defined.end(), name) == defined.end();
    };
    if (std::any_of(names.begin(), names.end(), undefined))
        return Error::invalid_parameter("Some index key attributes are not defined in AttributeDefinitions. Keys: [" +
                                        joined_names(names) + "], AttributeDefinitions: [" + joined_names(defined) +
                                        "]");
    SORTKEY_CHECK(check_key_names(list));
    if (!is_hash[0]) return Error::validation("Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
    if (parts_max == 1 && names.size() == 2 && is_hash[1])
        return Error::validation("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");

    KeySchema schema;
    for (size_t i = 0; i < names.size(); ++i) {
        if (is_hash[i] && !schema.range.empty())
            return Error::invalid_parameter(
                "All HASH key attributes must precede RANGE key attributes in the KeySchema");
        const auto definition = std::find_if(attributes.begin(), attributes.end(),
                                             [&](const KeyAttribute& known) { return known.name == names[i]; });
        (is_hash[i] ? schema.hash : schema.range).push_back(*definition);
    }
    if (schema.hash.size() > parts_max)
        return Error::invalid_parameter("The KeySchema exceeds the maximum allowed number of HASH key attributes");
    if (schema.range.size() > parts_max)
        return Error::invalid_parameter("The KeySchema exceeds the maximum allowed number of RANGE key attributes");
    return schema;
}

Result<Throughput> read_throughput(json::Node node) {
    Throughput throughput{json::integer_of(node.find("ReadCapacityUnits")),
                          json::integer_of(node.find("WriteCapacityUnits"))};
    if (throughput.read > limits::kThroughputMax)
        return Error::validation("Given value " + std::to_string(throughput.read) +
                                 " for ReadCapacityUnits is out of bounds");
    if (throughput.write > limits::kThroughputMax)
        return Error::validation("Given value " + std::to_string(throughput.write) +
                                 " for WriteCapacityUnits is out of bounds");
    return throughput;
}

OnDemandMaximum read_on_demand_maximum(json::Node node) {
    OnDemandMaximum maximum;
    if (!node) return maximum;
    if (const json::Node read = node.find("MaxReadRequestUnits")) maximum.read = json::integer_of(read);
    if (const json::Node write = node.find("MaxWriteRequestUnits")) maximum.write = json::integer_of(write);
    return maximum;
}

namespace {

Status read_projection(json::Node node, Index& index) {
    const json::Node type = node.find("ProjectionType");
    if (!type) return Error::invalid_parameter("Unknown ProjectionType: null");
    const json::Node names = node.find("NonKeyAttributes");
    index.projection = type.text() == "ALL"         ? ProjectionType::All
                       : type.text() == "KEYS_ONLY" ? ProjectionType::KeysOnly
                                                    : ProjectionType::Include;
    if (index.projection != ProjectionType::Include) {
        if (names)
            return Error::invalid_parameter("ProjectionType is " + std::string(type.text()) +
                                            ", but NonKeyAttributes is specified");
        return {};
    }
    if (!names) return Error::invalid_parameter("ProjectionType is INCLUDE, but NonKeyAttributes is not specified");
    for (const json::Node::Member element : names.elements()) {
        const std::string name(element.value.text());
        if (std::find(index.non_key_attributes.begin(), index.non_key_attributes.end(), name) !=
            index.non_key_attributes.end())
            return Error::invalid_parameter("Duplicate element in NonKeyAttributes: " + name);
        index.non_key_attributes.push_back(name);
    }
    return {};
}

Result<Index> read_local_index(json::Node node, const std::vector<KeyAttribute>& attributes,
                               const KeySchema& table_keys) {
    Index index;
    index.name = node.find("IndexName").text();
    SORTKEY_TRY(keys, read_key_schema(node.find("KeySchema"), attributes, 1));
    index.keys = std::move(keys);
    if (index.keys.range.empty())
        return Error::invalid_parameter("Index KeySchema does not have a range key for index: " + index.name);
    if (index.keys.hash[0].name != table_keys.hash[0].name)
        return Error::invalid_parameter(
            "Index KeySchema does not have the same leading hash key as table KeySchema for index: " + index.name +
            ". index hash key: " + index.keys.hash[0].name + ", table hash key: " + table_keys.hash[0].name);
    SORTKEY_CHECK(read_projection(node.find("Projection"), index));
    return index;
}

Status add_index(std::vector<Index>& indexes, Index index) {
    for (const Index& known : indexes)
        if (known.name == index.name) return Error::invalid_parameter("Duplicate index name: " + index.name);
    indexes.push_back(std::move(index));
    return {};
}

}  // namespace

Result<Index> read_global_index(json::Node node, const std::vector<KeyAttribute>& attributes, bool on_demand_billing) {
    Index index;
    index.global = true;
    index.name = node.find("IndexName").text();
    SORTKEY_TRY(keys, read_key_schema(node.find("KeySchema"), attributes, limits::kKeyPartsMax));
    index.keys = std::move(keys);
    SORTKEY_CHECK(read_projection(node.find("Projection"), index));
    const json::Node throughput = node.find("ProvisionedThroughput");
    if (on_demand_billing && throughput)
        return Error::invalid_parameter("ProvisionedThroughput should not be specified for index: " + index.name +
                                        " when BillingMode is PAY_PER_REQUEST");
    if (!on_demand_billing && !throughput)
        return Error::invalid_parameter("ProvisionedThroughput is not specified for index: " + index.name);
    if (throughput) {
        SORTKEY_TRY(units, read_throughput(throughput));
        index.throughput = units;
    }
    return index;
}

Status check_projected_count(const std::vector<Index>& indexes) {
    size_t count = 0;
    for (const Index& index : indexes) count += index.non_key_attributes.size();
    if (count <= limits::kProjectedAttributesMax) return {};
    // The limit is documented, the service's text is not.
    return Error::invalid_parameter("Attributes projected into indexes exceed the per-table limit of 100");
}

Result<std::vector<Index>> read_indexes(json::Node input, const std::vector<KeyAttribute>& attributes,
                                        const KeySchema& table_keys, bool on_demand_billing) {
    std::vector<Index> indexes;
    if (const json::Node list = input.find("LocalSecondaryIndexes")) {
        if (list.count() == 0) return Error::invalid_parameter("List of LocalSecondaryIndexes is empty");
        if (table_keys.range.empty())
            return Error::invalid_parameter(
                "Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex");
        for (const json::Node::Member element : list.elements()) {
            SORTKEY_TRY(index, read_local_index(element.value, attributes, table_keys));
            SORTKEY_CHECK(add_index(indexes, std::move(index)));
        }
        if (list.count() > limits::kLocalIndexesMax)
            return Error::invalid_parameter("Number of LocalSecondaryIndexes exceeds per-table limit of 5");
    }
    if (const json::Node list = input.find("GlobalSecondaryIndexes")) {
        if (list.count() == 0) return Error::invalid_parameter("List of GlobalSecondaryIndexes is empty");
        for (const json::Node::Member element : list.elements()) {
            SORTKEY_TRY(index, read_global_index(element.value, attributes, on_demand_billing));
            SORTKEY_CHECK(add_index(indexes, std::move(index)));
        }
        if (list.count() > limits::kGlobalIndexesMax)
            return Error::invalid_parameter("GlobalSecondaryIndex count exceeds the per-table limit of 20");
    }
    SORTKEY_CHECK(check_projected_count(indexes));
    return indexes;
}

}  // namespace sortkey
