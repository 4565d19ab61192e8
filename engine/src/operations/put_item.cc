// PutItem: writes a whole item, replacing one with the same key (spec: api.md §4, order: expressions.md §9).
#include "operations/put_item.h"

#include "operations/item_write.h"
#include "operations/legacy.h"

namespace sortkey::put_item {
namespace {

constexpr json::Member kMembers[] = {
    {"ReturnConsumedCapacity", &json::kString, kReturnConsumedCapacity},
    {"TableName", &json::kString, kTableName},
    {"Item", &json::kAttributeMap, kRequired},
    {"ConditionalOperator", &json::kString, kConditionalOperator},
    {"Expected", &kExpected},
    {"ReturnValues", &json::kString, kReturnValues},
    {"ReturnItemCollectionMetrics", &json::kString, kReturnItemCollectionMetrics},
    {"ReturnValuesOnConditionCheckFailure", &json::kString, kReturnOnFailure},
    {"ConditionExpression", &json::kString},
    {"ExpressionAttributeValues", &json::kAttributeMap},
    {"ExpressionAttributeNames", &json::kStringMap},
};

}  // namespace

const json::Shape kInput = json::Shape::structure("PutItemInput", kMembers);

Status run(Call& call) {
    const json::Node input = call.input;
    SORTKEY_CHECK(
        check_expression_parameters(call, input, {"ConditionExpression"}, {"Expected", "ConditionalOperator"}));
    SORTKEY_TRY(item, read_attributes(call, input.find("Item")));
    const std::string_view returns = text_of(input.find("ReturnValues"));
    if (!returns.empty() && returns != "NONE" && returns != "ALL_OLD")
        return of_family(ErrorFamily::Values, Error::validation("ReturnValues can only be ALL_OLD or NONE"));
    const uint32_t size = ItemView(item).size();
    SORTKEY_CHECK(check_item_size(size, false));

    ExpressionContext context;
    SORTKEY_TRY(expected, legacy_expected(call, input, context));
    SORTKEY_CHECK(load_placeholders(call, input, context));
    SORTKEY_TRY(condition, load_condition(input, "ConditionExpression", Kind::Condition, context));
    SORTKEY_CHECK(check_unused(context));
    if (expected) condition = std::move(expected);

    SORTKEY_TRY(table, table_for_items(call, input.find("TableName")));
    SORTKEY_TRY(row_key, row_key_of_item(table->keys, ItemView(item)));
    SORTKEY_CHECK(check_index_keys(*table, ItemView(item)));
    SORTKEY_CHECK(check_item_size(*table, ItemView(item), false));
    SORTKEY_CHECK(check_not_held(call, *table, row_key));
    RecordPtr before = table->items.find(row_key);
    SORTKEY_CHECK(check_condition(call, *table, condition, before.get(), size));

    ObjectWriter answer(call.out);
    if (returns == "ALL_OLD" && before) write_attributes(answer, before->value());
    SORTKEY_CHECK(
        write_item_change(call, *table, {std::move(row_key), std::move(before), std::move(item), false, size}, answer));
    answer.close();
    return {};
}

}  // namespace sortkey::put_item
