// Query: a range of one partition key of a table or index (spec: query-scan.md, order: expressions.md §9).
#include "operations/query.h"

#include "operations/key_paths.h"
#include "operations/key_range.h"
#include "operations/legacy.h"
#include "operations/start_key.h"

namespace sortkey::query {
namespace {

constexpr json::Member kMembers[] = {
    {"Select", &json::kString, {.enum_set = "SPECIFIC_ATTRIBUTES, COUNT, ALL_ATTRIBUTES, ALL_PROJECTED_ATTRIBUTES"}},
    {"IndexName", &json::kString, kIndexName},
    {"ReturnConsumedCapacity", &json::kString, kReturnConsumedCapacity},
    {"QueryFilter", &kConditions},
    {"TableName", &json::kString, kTableName},
    {"ConditionalOperator",
     &json::kString,
     {.enum_set = kConditionalOperator.enum_set,
      .newer_text = "Failed to satisfy constraint: Member must satisfy enum value set: [ALL, OR]"}},
    {"AttributesToGet", &json::kStringList, {.length_min = 1, .length_max = 255}},
    {"Limit",
     &json::kInteger,
     {.value_min = 1,
      .newer_text =
          "1 validation error detected: Value at 'Limit' failed to satisfy constraint: Member must have value "
          "greater than or equal to 1",
      .newer_text_always = true}},
    {"ConsistentRead", &json::kBoolean},
    {"KeyConditions", &kConditions},
    {"ExclusiveStartKey", &json::kAttributeMap},
    {"ScanIndexForward", &json::kBoolean},
    {"KeyConditionExpression", &json::kString},
    {"FilterExpression", &json::kString},
    {"ProjectionExpression", &json::kString},
    {"ExpressionAttributeValues", &json::kAttributeMap},
    {"ExpressionAttributeNames", &json::kStringMap},
};

// Keys of what is read belong into the key condition; other keys of the table may be filtered by.
Status check_filter_on_keys(const Source& source, const Condition& filter, bool legacy) {
    Status status;
    for_each_path(filter.tree, [&](PathView path, const Node&) {
        if (!status || !source.keys().find(path.head())) return;
        status = Error::validation(
            std::string(legacy ? "QueryFilter" : "Filter Expression") +
            " can only contain non-primary key attributes: Primary key attribute: " + std::string(path.head()));
    });
    return status;
}

}  // namespace

const json::Shape kInput = json::Shape::structure("QueryInput", kMembers);

Status run(Call& call) {
    const json::Node input = call.input;
    SORTKEY_CHECK(check_expression_parameters(
        call, input, {"ProjectionExpression", "FilterExpression", "KeyConditionExpression"},
        input.find("KeyConditionExpression")
            ? std::initializer_list<std::string_view>{"AttributesToGet", "QueryFilter", "ConditionalOperator",
                                                      "KeyConditions"}
            : std::initializer_list<std::string_view>{"AttributesToGet", "QueryFilter", "ConditionalOperator"}));
    ExpressionContext context;
    SORTKEY_TRY(filter, legacy_filter(call, input, "QueryFilter", context));
    const bool legacy_filtered = filter.has_value();
    SORTKEY_TRY(projection, legacy_attributes_to_get(input));
    std::string start_key;
    if (const json::Node start = input.find("ExclusiveStartKey")) {
        SORTKEY_TRY(read, read_start_key(call, start));
        start_key = std::move(read);
    }
    const json::Node key_text = input.find("KeyConditionExpression");
    if (!key_text && !input.find("KeyConditions"))
        return Error::validation(
            "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.");

    SORTKEY_CHECK(load_placeholders(call, input, context));
    std::optional<Condition> key_tree;
    std::optional<KeyCondition> key_condition;
    if (key_text) {
        SORTKEY_TRY(compiled, compile_condition(Kind::KeyCondition, key_text.text(), context.placeholders));
        key_tree = std::move(compiled);
    }
    if (!filter) {
        SORTKEY_TRY(compiled, load_condition(input, "FilterExpression", Kind::Filter, context));
        filter = std::move(compiled);
    }
    const bool has_attributes_to_get = projection.has_value();
    if (!projection) {
        SORTKEY_TRY(compiled, load_projection(input, context));
        projection = std::move(compiled);
    }
    SORTKEY_CHECK(check_unused(context));
    if (key_tree) {
        SORTKEY_TRY(terms, extract_key_condition(*key_tree, call.wording));
        key_condition = std::move(terms);
    } else {
        SORTKEY_TRY(terms, legacy_key_conditions(call, input, context));
        key_condition = std::move(terms);
    }
    // Newer answers count against the schema of the table or index, which is looked up later.
    const size_t conditions = key_condition->terms.size();
    if (conditions == 0 || (call.wording == Wording::older && conditions > 2))
        return Error::validation("Conditions can be of length 1 or 2 only");
    SORTKEY_CHECK(check_select_parameters(input, projection && !has_attributes_to_get, has_attributes_to_get));

    SORTKEY_TRY(source, find_source(call, input));
    const bool restarts = !start_key.empty();
    const ItemView start(start_key);
    if (restarts) {
        SORTKEY_CHECK(check_start_key_count(source, start));
        SORTKEY_CHECK(check_start_key_part(source, start, KeyPart::Hash, call.wording));
    }
    SORTKEY_TRY(plan, bind_key_condition(*key_condition, source.keys(), call.wording));
    if (restarts) {
        SORTKEY_CHECK(check_start_key_part(source, start, KeyPart::Range, call.wording));
        SORTKEY_CHECK(check_start_key_table_part(source, start));
        SORTKEY_CHECK(check_start_key_range(source, plan, start));
    }
    if (projection) SORTKEY_CHECK(check_key_paths(*source.table, projection->tree));
    if (filter) SORTKEY_CHECK(check_filter_on_keys(source, *filter, legacy_filtered));
    SORTKEY_TRY(selection, resolve_selection(input, source, std::move(projection)));
    if (filter) {
        SORTKEY_CHECK(check_key_paths(*source.table, filter->tree));
        SORTKEY_CHECK(check_filter_projected(source, filter->tree));
    }

    PageRequest request;
    request.source = source;
    range_of(plan, source.keys(), request.from, request.to);
    const json::Node forward = input.find("ScanIndexForward");
    request.forward = !forward || json::boolean_of(forward);
    if (const json::Node limit = input.find("Limit")) request.limit = json::integer_of(limit);
    if (restarts) request.start_row = start_row_of(source, start);
    request.filter = filter ? &*filter : nullptr;
    request.selection = &selection;
    request.factor = json::boolean_of(input.find("ConsistentRead")) ? ReadFactor::Strong : ReadFactor::Eventual;
    const Page page = read_page(call, request);
    write_page(call, page, selection, call.charge(*source.table));
    return {};
}

}  // namespace sortkey::query
