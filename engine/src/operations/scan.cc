// Scan: every row of a table or index in hash order, whole or by segments (spec: query-scan.md §1, §3).
#include "operations/scan.h"

#include "operations/key_paths.h"
#include "operations/legacy.h"
#include "operations/start_key.h"
#include "sortkey/limits.h"

namespace sortkey::scan {
namespace {

constexpr json::Member kMembers[] = {
    {"Select", &json::kString, {.enum_set = "SPECIFIC_ATTRIBUTES, COUNT, ALL_ATTRIBUTES, ALL_PROJECTED_ATTRIBUTES"}},
    {"IndexName", &json::kString, kIndexName},
    {"TotalSegments", &json::kInteger, {.value_min = 1, .value_max = limits::kTotalSegmentsMax}},
    {"ReturnConsumedCapacity", &json::kString, kReturnConsumedCapacity},
    {"TableName", &json::kString, kTableName},
    {"ConditionalOperator", &json::kString, kConditionalOperator},
    {"ScanFilter", &kConditions},
    {"Segment", &json::kInteger, {.value_min = 0, .value_max = limits::kTotalSegmentsMax - 1}},
    {"Limit", &json::kInteger, {.value_min = 1}},
    {"AttributesToGet", &json::kStringList, {.length_min = 1, .length_max = 255}},
    {"ExclusiveStartKey", &json::kAttributeMap},
    {"ConsistentRead", &json::kBoolean},
    {"FilterExpression", &json::kString},
    {"ProjectionExpression", &json::kString},
    {"ExpressionAttributeValues", &json::kAttributeMap},
    {"ExpressionAttributeNames", &json::kStringMap},
};

// First hash of a segment: equal parts of the hash space, in steps of its upper 12 bits while that suffices.
std::string segment_start(uint64_t segment, uint64_t total) {
    if (segment == 0) return {};
    if (segment == total) return std::string();
    std::string key;
    if (total <= 4096) {
        append_hash(key, ((4096 * segment + total - 1) / total) << 52);
    } else {
        append_hash(key, UINT64_MAX / total * segment);
    }
    return key;
}

Status check_segments(json::Node input) {
    const json::Node segment = input.find("Segment");
    const json::Node total = input.find("TotalSegments");
    if (segment && !total)
        return Error::validation(
            "The TotalSegments parameter is required but was not present in the request when Segment parameter is "
            "present");
    if (total && !segment)
        return Error::validation(
            "The Segment parameter is required but was not present in the request when parameter TotalSegments is "
            "present");
    if (segment && json::integer_of(segment) >= json::integer_of(total))
        return Error::validation(
            "The Segment parameter is zero-based and must be less than parameter TotalSegments: "
            "Segment: " +
            std::to_string(json::integer_of(segment)) +
            " is not less than TotalSegments: " + std::to_string(json::integer_of(total)));
    return {};
}

}  // namespace

const json::Shape kInput = json::Shape::structure("ScanInput", kMembers);

Status run(Call& call) {
    const json::Node input = call.input;
    SORTKEY_CHECK(check_expression_parameters(call, input, {"ProjectionExpression", "FilterExpression"},
                                              {"AttributesToGet", "ScanFilter", "ConditionalOperator"}));
    SORTKEY_TRY(projection, legacy_attributes_to_get(input));
    ExpressionContext context;
    SORTKEY_TRY(filter, legacy_filter(call, input, "ScanFilter", context));
    std::string start_key;
    if (const json::Node start = input.find("ExclusiveStartKey")) {
        SORTKEY_TRY(read, read_start_key(call, start));
        start_key = std::move(read);
    }
    SORTKEY_CHECK(check_segments(input));
    SORTKEY_CHECK(load_placeholders(call, input, context));
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
    SORTKEY_CHECK(check_select_parameters(input, projection && !has_attributes_to_get, has_attributes_to_get));

    SORTKEY_TRY(source, find_source(call, input));
    PageRequest request;
    request.source = source;
    if (const json::Node segment = input.find("Segment")) {
        const auto number = static_cast<uint64_t>(json::integer_of(segment));
        const auto total = static_cast<uint64_t>(json::integer_of(input.find("TotalSegments")));
        request.from = segment_start(number, total);
        request.to = segment_start(number + 1, total);
    }
    const bool restarts = !start_key.empty();
    const ItemView start(start_key);
    if (restarts && source.index) {
        SORTKEY_CHECK(check_start_key_count(source, start));
        SORTKEY_CHECK(check_start_key_part(source, start, KeyPart::Hash, call.wording));
        SORTKEY_CHECK(check_start_key_part(source, start, KeyPart::Range, call.wording));
    }
    SORTKEY_TRY(selection, resolve_selection(input, source, std::move(projection)));
    if (restarts) {
        SORTKEY_CHECK(check_start_key_table_part(source, start));
        request.start_row = start_row_of(source, start);
        if (request.start_row < request.from || (!request.to.empty() && request.start_row >= request.to))
            return Error::validation(
                "The provided starting key is invalid: Invalid ExclusiveStartKey. Please use ExclusiveStartKey with "
                "correct Segment. TotalSegments: " +
                std::to_string(json::integer_of(input.find("TotalSegments"))) +
                " Segment: " + std::to_string(json::integer_of(input.find("Segment"))));
    }
    if (selection.projection) SORTKEY_CHECK(check_key_paths(*source.table, selection.projection->tree));
    if (filter) SORTKEY_CHECK(check_key_paths(*source.table, filter->tree));
    if (const json::Node limit = input.find("Limit")) request.limit = json::integer_of(limit);
    request.filter = filter ? &*filter : nullptr;
    request.selection = &selection;
    request.factor = json::boolean_of(input.find("ConsistentRead")) ? ReadFactor::Strong : ReadFactor::Eventual;
    const Page page = read_page(call, request);
    write_page(call, page, selection, call.charge(*source.table));
    return {};
}

}  // namespace sortkey::scan
