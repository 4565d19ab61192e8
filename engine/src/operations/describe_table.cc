// DescribeTable (spec: api.md §6). ItemCount, TableSizeBytes and the sizes of indexes are as old as the service's: they
// are refreshed about every six hours of virtual time. Configure's TableStatisticsMillis sets how often; 0 shows them
// live, as DescribePartitions always does.
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
