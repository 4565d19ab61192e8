// ListTables: names ascending by bytes, a hundred a page (spec: api.md §6).
#include "operations/list_tables.h"

#include "json/attribute_value.h"
#include "operations/common.h"

namespace sortkey::list_tables {
namespace {

constexpr int64_t kPageMax = 100;
constexpr json::Member kMembers[] = {
    {"ExclusiveStartTableName", &json::kString, {.pattern = json::kNamePattern, .length_min = 3, .length_max = 255}},
    {"Limit", &json::kInteger, {.value_min = 1, .value_max = kPageMax}},
};

}  // namespace

const json::Shape kInput = json::Shape::structure("ListTablesInput", kMembers);

Status run(Call& call) {
    const auto& tables = call.database.tables();
    const json::Node start = call.input.find("ExclusiveStartTableName");
    const json::Node limit_node = call.input.find("Limit");
    const int64_t limit = limit_node ? json::integer_of(limit_node) : kPageMax;
    auto at = start ? tables.upper_bound(start.text()) : tables.begin();
    call.out += "{\"TableNames\":[";
    std::string_view last;
    for (int64_t count = 0; at != tables.end() && count < limit; ++at, ++count) {
        if (count > 0) call.out += ',';
        json::write_string(call.out, at->first);
        last = at->first;
    }
    call.out += ']';
    if (at != tables.end()) {
        call.out += ",\"LastEvaluatedTableName\":";
        json::write_string(call.out, last);
    }
    call.out += '}';
    return {};
}

}  // namespace sortkey::list_tables
