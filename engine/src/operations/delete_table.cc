// DeleteTable: ACTIVE → DELETING → gone (spec: api.md §6).
#include "operations/delete_table.h"

#include "operations/table_description.h"
#include "operations/table_options.h"

namespace sortkey::delete_table {
namespace {

constexpr json::Member kMembers[] = {
    {"TableName", &json::kString, kExistingTableName},
};

}  // namespace

const json::Shape kInput = json::Shape::structure("DeleteTableInput", kMembers);

Status run(Call& call) {
    SORTKEY_TRY(table, table_for_control(call, call.input.find("TableName")));
    if (table->status == TableStatus::Creating)
        return in_use("Attempt to change a resource which is still in use: Table is being created: " + table->name);
    if (call.database.streams().toggling(table->name))
        return in_use(
            "Attempt to change a resource which is still in use: Cannot delete table while stream is being "
            "enabled/disabled.");
    if (table->status == TableStatus::Updating)
        return in_use("Attempt to change a resource which is still in use: Table: " + table->name +
                      " is in the process of being updated.");
    if (table->deletion_protection)
        return Error::validation(
            "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection "
            "first.");
    const bool already = table->status == TableStatus::Deleting;
    table->status = TableStatus::Deleting;
    call.out += "{\"TableDescription\":";
    write_deleted_description(call.out, call.database, *table);
    call.out += '}';
    if (!already) begin_deleting(call.database, *table);
    return {};
}

}  // namespace sortkey::delete_table
