// Steps that many operations share: naming a table, reading keys, expression parameters, answering capacity.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "expression/expression.h"
#include "json/object_writer.h"
#include "operations/operation.h"

namespace sortkey {

// --- shapes that many inputs contain ---------------------------------------------------------------------------------

inline constexpr json::Constraint kTableName{
    .not_null = true, .pattern = json::kNamePattern, .length_min = 1, .length_max = 255};
inline constexpr json::Constraint kExistingTableName{.required_parameter = true,
                                                     .length_alone_once = true,
                                                     .pattern = json::kNamePattern,
                                                     .length_min = 3,
                                                     .length_max = 255};
inline constexpr json::Constraint kIndexName{.pattern = json::kNamePattern, .length_min = 3, .length_max = 255};
inline constexpr json::Constraint kReturnConsumedCapacity{.enum_set = "INDEXES, TOTAL, NONE"};
inline constexpr json::Constraint kReturnItemCollectionMetrics{.enum_set = "SIZE, NONE"};
inline constexpr json::Constraint kReturnValues{.enum_set = "ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW"};
inline constexpr json::Constraint kReturnOnFailure{.enum_set = "ALL_OLD, NONE"};
inline constexpr json::Constraint kConditionalOperator{.enum_set = "OR, AND"};
inline constexpr json::Constraint kRequired{.not_null = true};

// --- tables ----------------------------------------------------------------------------------------------------------

/// A table name from a name or a table ARN.
std::string_view plain_table_name(std::string_view name_or_arn);

/// The table a name or a table ARN means, whatever its status; nullptr if there is none, or the ARN is another
/// Region's.
Table* named_table(Call& call, std::string_view name_or_arn);

/// Text of a string member, empty when absent.
std::string_view text_of(json::Node node);

/// The table named by the member, ready for reads and writes of items.
/// Errors: ResourceNotFound "Requested resource not found".
Result<Table*> table_for_items(Call& call, json::Node name);

/// Any table, whatever its status. Errors: ResourceNotFound "Requested resource not found: Table: <name> not found".
Result<Table*> table_for_control(Call& call, json::Node name);

/// ResourceInUse with the given text.
Error in_use(std::string text);

// --- keys ------------------------------------------------------------------------------------------------------------

/// Reads a map of attribute values without looking at a schema. Errors: as json::read_item.
Result<std::string> read_attributes(Call& call, json::Node object);

/// Checks that `key` is exactly the key of the schema and returns its row key.
/// Errors: "The provided key element does not match the schema", empty key values, key sizes.
Result<std::string> row_key_of_key(const KeySchema& schema, ItemView key);

/// Checks the key attributes inside a whole item and returns its row key.
/// Errors: P "Missing the key pk in the item", P "Type mismatch for key …", empty key values, key sizes.
Result<std::string> row_key_of_item(const KeySchema& schema, ItemView item);

/// Checks the secondary index keys an item carries. Errors: type mismatch, empty values (spec: data-model §5).
Status check_index_keys(const Table& table, ItemView item);

/// Errors: empty key value, size limits of one key attribute. `is_hash` picks the limit.
Status check_key_value(const KeyAttribute& attribute, ValueView value, bool is_hash);

/// Encoded item of just the key attributes of `item`.
std::string key_of(const KeySchema& schema, ItemView item);

// --- expressions -----------------------------------------------------------------------------------------------------

/// The placeholders of one request with the memory their values need.
struct ExpressionContext {
    Placeholders placeholders;
    std::string values;  ///< encoded values, back to back
};

/// Mixing of styles and placeholders without an expression (spec: expressions.md §3).
/// `expressions` in the order the messages list them; those that take no values are marked by being
/// ProjectionExpression.
Status check_expression_parameters(Call& call, json::Node input, std::initializer_list<std::string_view> expressions,
                                   std::initializer_list<std::string_view> legacy);

/// The name of an attribute, wherever a request gives one. Errors: empty, longer than 65,535 bytes.
Status check_attribute_name(std::string_view name);

/// What is read of a request's ExpressionAttributeValues.
enum class ValuesRead : uint8_t {
    Checked,
    AnyDepth,  ///< how deep they nest is not looked at
    Ignored,   ///< the operation has no such member
};

/// Reads ExpressionAttributeNames and ExpressionAttributeValues of `input`. Errors: empty maps, bad keys, bad values.
Status load_placeholders(Call& call, json::Node input, ExpressionContext& context,
                         ValuesRead values_read = ValuesRead::Checked);

/// The family of an expression's errors: an empty one has its own.
ErrorFamily family_of_expression(std::string_view text);

/// Compiles the condition in member `name` of `input`; empty when absent.
Result<std::optional<Condition>> load_condition(json::Node input, std::string_view name, Kind kind,
                                                ExpressionContext& context);
Result<std::optional<Projection>> load_projection(json::Node input, ExpressionContext& context);

/// Every placeholder was used.
Status check_unused(const ExpressionContext& context);

/// Gives an error its family, by which it may come inside "1 validation error detected: " (operations/wording.h).
Error of_family(ErrorFamily family, Error error);

// --- answers ---------------------------------------------------------------------------------------------------------

enum class CapacityMode : uint8_t { None, Total, Indexes };
CapacityMode capacity_mode(json::Node input);

/// Adds ConsumedCapacity for the only table of a request if it was asked for.
void write_consumed(Call& call, ObjectWriter& answer, std::string_view table_name, const Consumed& consumed);

/// Adds ItemCollectionMetrics if it was asked for and the table has local indexes.
void write_collection_metrics(Call& call, ObjectWriter& answer, const Table& table, ItemView key);

/// `{"ItemCollectionKey":{…},"SizeEstimateRangeGB":[0,1]}`
void append_collection_metrics(std::string& json, const Table& table, ItemView key);

}  // namespace sortkey
