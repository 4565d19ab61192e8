// UpdateItem: changes attributes of an item, creating it if there is none (spec: api.md §4, expressions.md §6).
#include "operations/update_item.h"

#include "operations/item_write.h"
#include "operations/legacy.h"
#include "operations/update_rules.h"

namespace sortkey::update_item {
namespace {

constexpr json::Member kUpdateMembers[] = {
    {"Action", &json::kString, {.enum_set = "ADD, DELETE, PUT"}},
    {"Value", &json::kAttributeValue},
};
constexpr json::Shape kAttributeUpdate = json::Shape::structure("AttributeValueUpdate", kUpdateMembers);
constexpr json::Shape kAttributeUpdates = json::Shape::map(kAttributeUpdate);

constexpr json::Member kMembers[] = {
    {"ReturnConsumedCapacity", &json::kString, kReturnConsumedCapacity},
    {"TableName", &json::kString, kTableName},
    {"ReturnItemCollectionMetrics", &json::kString, kReturnItemCollectionMetrics},
    {"ReturnValues",
     &json::kString,
     {.enum_set = "ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW",
      .newer_text = "1 validation error detected: Failed to satisfy constraint: Member must satisfy enum value set: "
                    "[ALL_OLD, UPDATED_OLD, ALL_NEW, UPDATE_NEW, NONE]"}},
    {"Key", &json::kAttributeMap, kRequired},
    {"ConditionalOperator",
     &json::kString,
     {.enum_set = kConditionalOperator.enum_set,
      .newer_text = "1 validation error detected: Failed to satisfy constraint: Member must satisfy enum value set: "
                    "[ALL, OR]"}},
    {"Expected", &kExpected},
    {"AttributeUpdates", &kAttributeUpdates},
    {"ReturnValuesOnConditionCheckFailure", &json::kString, kReturnOnFailure},
    {"ConditionExpression", &json::kString},
    {"UpdateExpression", &json::kString},
    {"ExpressionAttributeValues", &json::kAttributeMap},
    {"ExpressionAttributeNames", &json::kStringMap},
};

// What the answer shows: whole items, or the parts that the update touched.
void write_returns(ObjectWriter& answer, std::string_view returns, const std::optional<Update>& update,
                   const Record* before, std::string_view after) {
    if (returns == "ALL_OLD") {
        if (before) write_attributes(answer, before->value());
    } else if (returns == "ALL_NEW") {
        if (!after.empty()) write_attributes(answer, after);
    } else if (update && (returns == "UPDATED_OLD" || returns == "UPDATED_NEW")) {
        const std::string_view of = returns == "UPDATED_OLD" ? (before ? before->value() : std::string_view()) : after;
        std::string fragment;
        if (!of.empty() && updated_fragment(*update, ItemView(of), fragment)) write_attributes(answer, fragment);
    }
}

}  // namespace

const json::Shape kInput = json::Shape::structure("UpdateItemInput", kMembers);

Status run(Call& call) {
    const json::Node input = call.input;
    SORTKEY_CHECK(check_expression_parameters(call, input, {"UpdateExpression", "ConditionExpression"},
                                              {"AttributeUpdates", "Expected", "ConditionalOperator"}));
    SORTKEY_TRY(key, read_attributes(call, input.find("Key")));

    ExpressionContext context;
    SORTKEY_TRY(update, legacy_attribute_updates(call, input, context));
    SORTKEY_TRY(expected, legacy_expected(call, input, context));
    SORTKEY_CHECK(load_placeholders(call, input, context));
    if (const json::Node text = input.find("UpdateExpression")) {
        auto compiled = compile_update(text.text(), context.placeholders);
        if (!compiled) return of_family(family_of_expression(text.text()), std::move(compiled.error()));
        update = std::move(*compiled);
    }
    SORTKEY_TRY(condition, load_condition(input, "ConditionExpression", Kind::Condition, context));
    SORTKEY_CHECK(check_unused(context));
    if (expected) condition = std::move(expected);

    SORTKEY_TRY(table, table_for_items(call, input.find("TableName")));
    SORTKEY_TRY(row_key, row_key_of_key(table->keys, ItemView(key)));
    if (update) SORTKEY_CHECK(check_update_targets(*table, *update));
    SORTKEY_CHECK(check_not_held(call, *table, row_key));
    RecordPtr before = table->items.find(row_key);
    SORTKEY_CHECK(check_condition(call, *table, condition, before.get(), 0));

    // Nothing is created by an update that only removes; the request still costs a write.
    const bool writes = before || !update || creates_item(*update);
    std::string after;
    if (writes) {
        SORTKEY_TRY(updated, updated_item(*table, update, before ? before->value() : std::string_view(key)));
        after = std::move(updated);
    }

    ObjectWriter answer(call.out);
    write_returns(answer, text_of(input.find("ReturnValues")), update, before.get(), after);
    SORTKEY_CHECK(
        write_item_change(call, *table, {std::move(row_key), std::move(before), std::move(after), !writes}, answer));
    answer.close();
    return {};
}

}  // namespace sortkey::update_item
