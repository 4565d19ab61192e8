// DescribeCapacity: what each table consumed, in total and second by second.
#include "operations/describe_capacity.h"

#include "operations/common.h"

namespace sortkey::describe_capacity {
namespace {

constexpr int64_t kSecondsDefault = 60;
constexpr json::Member kMembers[] = {
    {"Seconds", &json::kInteger, {.value_min = 1, .value_max = Meter::kSecondsMax}},
};

double units(uint64_t halves) { return static_cast<double>(halves) / 2; }

void write_table(std::string& json, const Table& table, int64_t from_second) {
    ObjectWriter object(json);
    object.text("TableName", table.name);
    object.text("BillingMode", table.on_demand_billing ? "PAY_PER_REQUEST" : "PROVISIONED");
    if (table.on_demand_billing) {
        object.member("ReadCapacityUnits") += "null";
        object.member("WriteCapacityUnits") += "null";
    } else {
        object.integer("ReadCapacityUnits", table.throughput.read);
        object.integer("WriteCapacityUnits", table.throughput.write);
    }
    object.number("ConsumedReadUnits", units(table.meter.read_halves()));
    object.number("ConsumedWriteUnits", units(table.meter.write_halves()));
    std::string& seconds = object.member("Seconds");
    seconds += '[';
    bool first = true;
    for (const MeterSecond& second : table.meter.seconds()) {
        if (second.second < from_second) continue;
        if (!first) seconds += ',';
        first = false;
        ObjectWriter point(seconds);
        point.integer("AtMillis", second.second * 1000);
        point.number("Read", units(second.read_halves));
        point.number("Write", units(second.write_halves));
        point.close();
    }
    seconds += ']';
    object.close();
}

}  // namespace

const json::Shape kInput = json::Shape::structure("DescribeCapacityInput", kMembers);

Status run(Call& call) {
    const json::Node seconds = call.input.find("Seconds");
    const int64_t window = seconds ? json::integer_of(seconds) : kSecondsDefault;
    const int64_t now = call.world().now_micros;
    ObjectWriter answer(call.out);
    answer.integer("NowMillis", now / 1000);
    std::string& tables = answer.member("Tables");
    tables += '[';
    bool first = true;
    for (const auto& [name, table] : call.database.tables()) {
        if (!first) tables += ',';
        first = false;
        write_table(tables, table, now / 1'000'000 - window + 1);
    }
    tables += ']';
    answer.close();
    return {};
}

}  // namespace sortkey::describe_capacity
