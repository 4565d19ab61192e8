// DescribeContinuousBackups: always on as such, point-in-time recovery off (spec: streams-and-recovery.md §6).
#include "operations/describe_continuous_backups.h"

#include "operations/common.h"

namespace sortkey::describe_continuous_backups {
namespace {

constexpr json::Member kMembers[] = {
    {"TableName", &json::kString, kExistingTableName},
};

}  // namespace

const json::Shape kInput = json::Shape::structure("DescribeContinuousBackupsInput", kMembers);

Status run(Call& call) {
    const std::string_view named = call.input.find("TableName").text();
    const std::string name(plain_table_name(named));
    call.trace.table = name;
    if (!named_table(call, named)) return Error::make(ErrorCode::TableNotFound, "Table not found: " + name);
    ObjectWriter answer(call.out);
    ObjectWriter description(answer.member("ContinuousBackupsDescription"));
    description.text("ContinuousBackupsStatus", "ENABLED");
    ObjectWriter recovery(description.member("PointInTimeRecoveryDescription"));
    recovery.text("PointInTimeRecoveryStatus", "DISABLED");
    recovery.close();
    description.close();
    answer.close();
    return {};
}

}  // namespace sortkey::describe_continuous_backups
