// The parameters from before expressions, translated into the same trees (spec: expressions.md §8).
#pragma once

#include <optional>
#include <string_view>

#include "operations/common.h"

namespace sortkey {

/// Expected of PutItem, UpdateItem, DeleteItem.
extern const json::Shape kExpected;
/// KeyConditions, QueryFilter, ScanFilter.
extern const json::Shape kConditions;

/// Expected with ConditionalOperator as one condition; empty when absent.
Result<std::optional<Condition>> legacy_expected(Call& call, json::Node input, ExpressionContext& context);

/// AttributeUpdates as an update; empty when absent.
Result<std::optional<Update>> legacy_attribute_updates(Call& call, json::Node input, ExpressionContext& context);

/// AttributesToGet as a projection; empty when absent. Errors: P "Duplicate value in attribute name: a".
Result<std::optional<Projection>> legacy_attributes_to_get(json::Node input);

/// QueryFilter or ScanFilter (`member`) with ConditionalOperator as one filter; empty when absent.
Result<std::optional<Condition>> legacy_filter(Call& call, json::Node input, std::string_view member,
                                               ExpressionContext& context);

/// KeyConditions of Query; empty when absent. The context must outlive the result.
Result<std::optional<KeyCondition>> legacy_key_conditions(Call& call, json::Node input, ExpressionContext& context);

}  // namespace sortkey
