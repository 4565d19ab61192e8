// DescribeTable (spec: api.md §6).
#include "operations/describe_table.h"

#include "operations/table_description.h"

namespace sortkey::describe_table {
namespace {

constexpr json::Member kMembers[] = {
    {"TableName", &json::kString, kExistingTableName},
};

}  // namespace

const json::Shape kInput = json::Shape::structure("DescribeTableInput", kMembers);

Status run(Call& call) {
    SORTKEY_TRY(table, table_for_control(call, call.input.find("TableName")));
    call.out += "{\"Table\":";
    write_table_description(call.out, call.database, *table);
    call.out += '}';
    return {};
}

}  // namespace sortkey::describe_table
