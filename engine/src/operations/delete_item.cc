// DeleteItem: removes an item by key; deleting an absent one succeeds (spec: api.md §4).
#include "operations/delete_item.h"

#include "operations/item_write.h"
#include "operations/legacy.h"

namespace sortkey::delete_item {
namespace {

constexpr json::Member kMembers[] = {
    {"ReturnConsumedCapacity", &json::kString, kReturnConsumedCapacity},
    {"TableName", &json::kString, kTableName},
    {"ReturnValues", &json::kString, kReturnValues},
    {"ReturnItemCollectionMetrics", &json::kString, kReturnItemCollectionMetrics},
    {"Key", &json::kAttributeMap, kRequired},
    {"ConditionalOperator", &json::kString, kConditionalOperator},
    {"Expected", &kExpected},
    {"ReturnValuesOnConditionCheckFailure", &json::kString, kReturnOnFailure},
    {"ConditionExpression", &json::kString},
    {"ExpressionAttributeValues", &json::kAttributeMap},
    {"ExpressionAttributeNames", &json::kStringMap},
};

}  // namespace

const json::Shape kInput = json::Shape::structure("DeleteItemInput", kMembers);

Status run(Call& call) {
    const json::Node input = call.input;
    SORTKEY_CHECK(
        check_expression_parameters(call, input, {"ConditionExpression"}, {"Expected", "ConditionalOperator"}));
    SORTKEY_TRY(key, read_attributes(call, input.find("Key")));
    const std::string_view returns = text_of(input.find("ReturnValues"));
    if (!returns.empty() && returns != "NONE" && returns != "ALL_OLD")
        return of_family(ErrorFamily::Values, Error::validation("ReturnValues can only be ALL_OLD or NONE"));

    ExpressionContext context;
    SORTKEY_TRY(expected, legacy_expected(call, input, context));
    SORTKEY_CHECK(load_placeholders(call, input, context));
    SORTKEY_TRY(condition, load_condition(input, "ConditionExpression", Kind::Condition, context));
    SORTKEY_CHECK(check_unused(context));
    if (expected) condition = std::move(expected);

    SORTKEY_TRY(table, table_for_items(call, input.find("TableName")));
    SORTKEY_TRY(row_key, row_key_of_key(table->keys, ItemView(key)));
    SORTKEY_CHECK(check_not_held(call, *table, row_key));
    RecordPtr before = table->items.find(row_key);
    SORTKEY_CHECK(check_condition(call, *table, condition, before.get(), 0));

    ObjectWriter answer(call.out);
    if (returns == "ALL_OLD" && before) write_attributes(answer, before->value());
    SORTKEY_CHECK(write_item_change(call, *table, {std::move(row_key), std::move(before), {}, true}, answer));
    answer.close();
    return {};
}

}  // namespace sortkey::delete_item
