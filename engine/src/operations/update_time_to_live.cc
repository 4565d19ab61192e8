// UpdateTimeToLive (spec: streams-and-recovery.md §5).
#include "operations/update_time_to_live.h"

#include "catalog/memory_limit.h"
#include "catalog/time_to_live.h"
#include "operations/common.h"

namespace sortkey::update_time_to_live {
namespace {

constexpr int64_t kChangeEveryMicros = 3'600'000'000;

constexpr json::Member kSpecificationMembers[] = {
    {"Enabled", &json::kBoolean, kRequired},
    {"AttributeName", &json::kString, {.not_null = true, .length_min = 1, .length_max = 255}},
};
constexpr json::Shape kSpecification = json::Shape::structure("TimeToLiveSpecification", kSpecificationMembers);
constexpr json::Member kMembers[] = {
    {"TableName", &json::kString, kExistingTableName},
    {"TimeToLiveSpecification", &kSpecification, kRequired},
};

Status check_change(const World& world, const Table& table, std::string_view attribute, bool enabled) {
    const bool on = table.time_to_live == TimeToLiveStatus::Enabled || table.time_to_live == TimeToLiveStatus::Enabling;
    if (on && attribute != table.time_to_live_attribute)
        return Error::validation("TimeToLive is active on a different AttributeName: current AttributeName is " +
                                 table.time_to_live_attribute);
    if (on && enabled) return Error::validation("TimeToLive is already enabled");
    if (!on && !enabled) return Error::validation("TimeToLive is already disabled");
    // Where changes take no time, this one need not wait either.
    if (world.settings.table_delay_micros > 0 && table.time_to_live_changed_micros > 0 &&
        world.now_micros - table.time_to_live_changed_micros < kChangeEveryMicros)
        return Error::validation("Time to live has been modified multiple times within a fixed interval");
    return {};
}

}  // namespace

const json::Shape kInput = json::Shape::structure("UpdateTimeToLiveInput", kMembers);

Status run(Call& call) {
    const json::Node specification = call.input.find("TimeToLiveSpecification");
    const std::string attribute(specification.find("AttributeName").text());
    const bool enabled = json::boolean_of(specification.find("Enabled"));
    SORTKEY_TRY(table, table_for_control(call, call.input.find("TableName")));
    if (table->status == TableStatus::Creating)
        return in_use("Attempt to change a resource which is still in use: Table is being created: " + table->name);
    if (table->status == TableStatus::Deleting)
        return in_use("Attempt to change a resource which is still in use: Table is being deleted: " + table->name);
    const World& world = call.world();
    SORTKEY_CHECK(check_change(world, *table, attribute, enabled));
    if (enabled) SORTKEY_CHECK(check_memory(world, memory_for_expiries(*table, attribute)));
    set_time_to_live(call.database, *table, attribute, enabled);
    if (world.settings.table_delay_micros == 0) {
        settle_time_to_live(call.database, *table);
    } else {
        call.database.schedule(EventKind::TimeToLiveActive, *table, world.settings.table_delay_micros);
    }
    ObjectWriter answer(call.out);
    ObjectWriter echo(answer.member("TimeToLiveSpecification"));
    echo.text("AttributeName", attribute);
    echo.boolean("Enabled", enabled);
    echo.close();
    answer.close();
    return {};
}

}  // namespace sortkey::update_time_to_live
