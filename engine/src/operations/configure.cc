// Configure: switches of the simulation. Seed and clock can be set only while there are no tables.
#include "operations/configure.h"

#include "catalog/time_to_live.h"
#include "operations/common.h"
#include "operations/describe_world.h"

namespace sortkey::configure {
namespace {

constexpr json::Constraint kMillis{.value_min = 0, .value_max = kEndMicros / 1000};

constexpr json::Member kMembers[] = {
    {"TableDelayMillis", &json::kLong, kMillis},
    {"TimeToLiveDelayMillis", &json::kLong, kMillis},
    {"TimeToLiveSweepMillis", &json::kLong, kMillis},
    {"TableStatisticsMillis", &json::kLong, kMillis},
    {"TransactionMillis", &json::kLong, kMillis},
    {"Seed", &json::kLong, {.value_min = 0}},
    {"Wording", &json::kString, {.enum_set = kWordingProfiles}},
    {"Journal", &json::kBoolean},
    {"MemoryLimitMegabytes", &json::kLong, {.value_min = 1, .value_max = kMemoryLimitMax >> 20}},
    {"NowMillis", &json::kLong, kMillis},
};

// Pending sweeps come at their old time otherwise, and never where there were none.
void set_sweep_period(Account& account, int64_t micros) {
    account.world.settings.time_to_live_sweep_micros = micros;
    for (auto& [region, database] : account.regions)
        for (auto& [name, table] : database.tables()) reschedule_sweep(database, table);
}

}  // namespace

const json::Shape kInput = json::Shape::structure("ConfigureInput", kMembers);

Status run(Call& call) {
    const json::Node input = call.input;
    World& world = call.world();
    const json::Node seed = input.find("Seed");
    const json::Node now = input.find("NowMillis");
    if ((seed || now) && !call.account.empty())
        return Error::validation("Seed and NowMillis can only be set while there are no tables");
    const json::Node sweep = input.find("TimeToLiveSweepMillis");
    const int64_t sweep_micros = sweep ? json::integer_of(sweep) * 1000 : 0;
    if (sweep_micros > 0 && sweep_micros < kShortestSweepMicros)
        return Error::validation("TimeToLiveSweepMillis is 0 for no sweeps, or at least 1000");
    if (sweep) set_sweep_period(call.account, sweep_micros);
    if (const json::Node delay = input.find("TableDelayMillis"))
        world.settings.table_delay_micros = json::integer_of(delay) * 1000;
    if (const json::Node delay = input.find("TimeToLiveDelayMillis"))
        world.settings.time_to_live_delay_micros = json::integer_of(delay) * 1000;
    if (const json::Node every = input.find("TableStatisticsMillis"))
        world.settings.table_statistics_micros = json::integer_of(every) * 1000;
    if (const json::Node lasts = input.find("TransactionMillis"))
        world.settings.transaction_micros = json::integer_of(lasts) * 1000;
    if (const json::Node wording = input.find("Wording")) world.settings.wording = wording_profile(wording.text());
    if (const json::Node journal = input.find("Journal")) world.settings.journal = json::boolean_of(journal);
    if (const json::Node limit = input.find("MemoryLimitMegabytes"))
        world.settings.memory_limit_bytes = static_cast<uint64_t>(json::integer_of(limit)) << 20;
    if (seed) {
        world.settings.seed = static_cast<uint64_t>(json::integer_of(seed));
        world.random = Random(world.settings.seed);
    }
    if (now) world.now_micros = json::integer_of(now) * 1000;
    return describe_world::run(call);
}

}  // namespace sortkey::configure
