// GetItem: reads one item by its full key (spec: api.md §4).
#include "operations/get_item.h"

#include "json/attribute_value.h"
#include "operations/common.h"
#include "operations/key_paths.h"
#include "operations/legacy.h"

namespace sortkey::get_item {
namespace {

constexpr json::Member kMembers[] = {
    {"ReturnConsumedCapacity", &json::kString, kReturnConsumedCapacity},
    {"AttributesToGet", &json::kStringList, {.length_min = 1, .length_max = 255}},
    {"TableName", &json::kString, kTableName},
    {"Key", &json::kAttributeMap, kRequired},
    {"ConsistentRead", &json::kBoolean},
    {"ProjectionExpression", &json::kString},
    {"ExpressionAttributeNames", &json::kStringMap},
};

}  // namespace

const json::Shape kInput = json::Shape::structure("GetItemInput", kMembers);

Status run(Call& call) {
    const json::Node input = call.input;
    SORTKEY_CHECK(check_expression_parameters(call, input, {"ProjectionExpression"}, {"AttributesToGet"}));
    SORTKEY_TRY(key, read_attributes(call, input.find("Key")));
    SORTKEY_TRY(projection, legacy_attributes_to_get(input));
    ExpressionContext context;
    SORTKEY_CHECK(load_placeholders(call, input, context, ValuesRead::Ignored));
    if (!projection) {
        SORTKEY_TRY(compiled, load_projection(input, context));
        projection = std::move(compiled);
    }
    SORTKEY_CHECK(check_unused(context));

    SORTKEY_TRY(table, table_for_items(call, input.find("TableName")));
    SORTKEY_TRY(row_key, row_key_of_key(table->keys, ItemView(key)));
    if (projection) SORTKEY_CHECK(check_key_paths(*table, projection->tree));
    const Record* found = table->items.peek(row_key);
    const bool strong = json::boolean_of(input.find("ConsistentRead"));
    Consumed& consumed = call.charge(*table);
    consumed.read_item(found, strong ? ReadFactor::Strong : ReadFactor::Eventual);

    ObjectWriter answer(call.out);
    if (found) {
        call.trace.note(found);
        if (projection) {
            std::string projected;
            project(*projection, ItemView(found->value()), projected);
            json::write_item(answer.member("Item"), ItemView(projected));
        } else {
            json::write_item(answer.member("Item"), ItemView(found->value()));
        }
    }
    write_consumed(call, answer, text_of(input.find("TableName")), consumed);
    answer.close();
    return {};
}

}  // namespace sortkey::get_item
