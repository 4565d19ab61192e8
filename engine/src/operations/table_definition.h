// Key schemas, indexes and throughput as CreateTable and UpdateTable receive them.
#pragma once

#include <string>
#include <vector>

#include "operations/common.h"

namespace sortkey {

extern const json::Shape kAttributeDefinitions;
extern const json::Shape kKeySchema;
extern const json::Shape kProjectionShape;
extern const json::Shape kProvisionedThroughput;
extern const json::Shape kOnDemandThroughput;
extern const json::Shape kWarmThroughput;
extern const json::Shape kGlobalSecondaryIndexUpdates;
extern const json::Shape kLocalSecondaryIndexes;
extern const json::Shape kGlobalSecondaryIndexes;
extern const json::Shape kStreamSpecification;
extern const json::Shape kSseSpecification;
extern const json::Shape kTags;

/// Names and types of an AttributeDefinitions list. Errors: "Attribute Name is duplicated: a".
Result<std::vector<KeyAttribute>> read_attribute_definitions(json::Node list);

/// Errors: an attribute that a KeySchema names twice.
Status check_key_names(json::Node key_schema);

/// A KeySchema with the declared types. `parts_max`: 1 for tables and local indexes, 4 for global ones.
/// Errors: undefined keys, same name twice, order of HASH and RANGE, counts (spec: api.md §6).
Result<KeySchema> read_key_schema(json::Node list, const std::vector<KeyAttribute>& attributes, size_t parts_max);

/// Throughput of a table or index. Errors: "Given value N for ReadCapacityUnits is out of bounds".
Result<Throughput> read_throughput(json::Node node);

OnDemandMaximum read_on_demand_maximum(json::Node node);

/// One global index. Errors: its key schema, projection, throughput against the billing mode.
Result<Index> read_global_index(json::Node node, const std::vector<KeyAttribute>& attributes, bool on_demand_billing);

/// Errors: more than 100 attributes named by the projections of all indexes together.
Status check_projected_count(const std::vector<Index>& indexes);

/// Both index lists of a CreateTable, local ones first.
Result<std::vector<Index>> read_indexes(json::Node input, const std::vector<KeyAttribute>& attributes,
                                        const KeySchema& table_keys, bool on_demand_billing);

/// Names "a, b" for messages.
std::string joined_names(const std::vector<std::string>& names);

}  // namespace sortkey
