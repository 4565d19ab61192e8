// DescribeTimeToLive (spec: streams-and-recovery.md §5).
#include "operations/describe_time_to_live.h"

#include "operations/common.h"

namespace sortkey::describe_time_to_live {
namespace {

constexpr json::Member kMembers[] = {
    {"TableName", &json::kString, kExistingTableName},
};

}  // namespace

const json::Shape kInput = json::Shape::structure("DescribeTimeToLiveInput", kMembers);

Status run(Call& call) {
    SORTKEY_TRY(table, table_for_control(call, call.input.find("TableName")));
    if (table->status == TableStatus::Creating)
        return Error::validation(
            "Cannot describe time to live while table is in CREATING state: Current table state is CREATING");
    ObjectWriter answer(call.out);
    ObjectWriter description(answer.member("TimeToLiveDescription"));
    description.text("TimeToLiveStatus", time_to_live_name(table->time_to_live));
    if (!table->time_to_live_attribute.empty()) description.text("AttributeName", table->time_to_live_attribute);
    description.close();
    answer.close();
    return {};
}

}  // namespace sortkey::describe_time_to_live
