// DescribeWorld: clock, seed, settings, sizes, and what is scheduled.
#include "operations/describe_world.h"

#include "json/object_writer.h"
#include "sortkey/version.h"

namespace sortkey::describe_world {

const json::Shape kInput{json::ShapeKind::Structure, "DescribeWorldInput"};

Status run(Call& call) {
    const World& world = call.world();
    ObjectWriter answer(call.out);
    answer.integer("NowMillis", world.now_micros / 1000);
    answer.integer("Seed", static_cast<int64_t>(world.settings.seed));
    answer.text("Region", call.database.region());
    answer.integer("TableDelayMillis", world.settings.table_delay_micros / 1000);
    answer.integer("TimeToLiveDelayMillis", world.settings.time_to_live_delay_micros / 1000);
    answer.integer("TimeToLiveSweepMillis", world.settings.time_to_live_sweep_micros / 1000);
    answer.integer("TableStatisticsMillis", world.settings.table_statistics_micros / 1000);
    answer.integer("TransactionMillis", world.settings.transaction_micros / 1000);
    answer.text("Wording", wording_name(world.settings.wording));
    answer.boolean("Journal", world.settings.journal);
    answer.text("EngineVersion", kEngineVersion);
    answer.integer("JournalFormat", kJournalFormat);
    int64_t items = 0;
    int64_t bytes = 0;
    for (const auto& [name, table] : call.database.tables()) {
        items += static_cast<int64_t>(table.items.size());
        bytes += static_cast<int64_t>(table.items.bytes());
    }
    answer.integer("Tables", static_cast<int64_t>(call.database.tables().size()));
    answer.integer("Items", items);
    answer.integer("Bytes", bytes);
    answer.integer("MemoryBytes", static_cast<int64_t>(HeldMemory::total()));
    answer.integer("MemoryLimitBytes", static_cast<int64_t>(world.settings.memory_limit_bytes));
    std::string& events = answer.member("PendingEvents");
    events += '[';
    bool first = true;
    world.events.for_each([&](const Event& event) {
        if (!first) events += ',';
        first = false;
        ObjectWriter object(events);
        object.integer("AtMillis", event.at_micros / 1000);
        object.text("Kind", event_name(event.kind));
        object.text("TableName", event.table_name);
        if (!event.detail.empty()) object.text("Detail", event.detail);
        object.close();
    });
    events += ']';
    answer.close();
    return {};
}

}  // namespace sortkey::describe_world
