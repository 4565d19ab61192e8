#include "operations/throughput_change.h"

#include <algorithm>

#include "operations/index_updates.h"
#include "operations/table_definition.h"
#include "operations/table_options.h"
#include "sortkey/limits.h"
#include "support/timestamp.h"

namespace sortkey {
namespace {

constexpr int64_t kHourMicros = 3'600'000'000;
constexpr int64_t kDayMicros = 24 * kHourMicros;
constexpr int32_t kDecreasesAtAnyTime = 4;
constexpr size_t kOnDemandSwitchesMax = 4;

Status check_decrease(const ThroughputHistory& history, int64_t now) {
    const int32_t today = history.decreases_today(now);
    if (today < kDecreasesAtAnyTime || now - history.decreased_micros >= kHourMicros) return {};
    return Error::make(
        ErrorCode::LimitExceeded,
        "Subscriber limit exceeded: Provisioned throughput decreases are limited within a given UTC day. After the "
        "first "
        "4 decreases, each subsequent decrease in the same UTC day can be performed at most once every 3600 seconds. "
        "Number of decreases today: " +
            std::to_string(today) + ". Last decrease at " + timestamp_text(history.decreased_micros) +
            ". Next decrease can be made at " + timestamp_text(history.decreased_micros + kHourMicros));
}

// `of` is "table", or "index i" in the newer wording.
Status prepare(const Throughput& now_provisioned, const Throughput& requested, std::optional<Throughput>& next,
               ThroughputHistory& history, const std::string& of, int64_t now) {
    if (now_provisioned == requested) {
        const std::string whose = of.substr(0, of.find(' '));
        const auto pair = [&](std::string_view units, int64_t value) {
            const std::string number = std::to_string(value);
            return " Current " + std::string(units) + " provisioned for the " + whose + ": " + number + ". Requested " +
                   std::string(units) + ": " + number + ".";
        };
        return Error::validation("The provisioned throughput for the " + of +
                                 " will not change. The requested value equals the current value." +
                                 pair("ReadCapacityUnits", requested.read) +
                                 pair("WriteCapacityUnits", requested.write) +
                                 " Refer to the Amazon DynamoDB Developer Guide for current limits and how to request "
                                 "higher limits.");
    }
    const bool lower = requested.read < now_provisioned.read || requested.write < now_provisioned.write;
    if (lower) SORTKEY_CHECK(check_decrease(history, now));
    // The moment is shown from the request on; the decrease itself counts when it is done.
    if (lower) {
        history.decreases = history.decreases_today(now);
        history.decreased_micros = now;
    }
    if (requested.read > now_provisioned.read || requested.write > now_provisioned.write)
        history.increased_micros = now;
    next = requested;
    return {};
}

Status to_on_demand(Table& table, int64_t now) {
    if (!within_quota(table.on_demand_switches, kOnDemandSwitchesMax, kDayMicros, now))
        return Error::make(
            ErrorCode::LimitExceeded,
            "Subscriber limit exceeded: Update to PayPerRequest mode are limited to 4 times in 1 day(s). "
            "Last update at " +
                timestamp_text(table.on_demand_switches.back()) + ". Next update can be made at " +
                timestamp_text(table.on_demand_switches.front() + kDayMicros));
    table.on_demand_billing = true;
    table.billing_summary = true;
    table.on_demand_since_micros = now;
    table.throughput = {};
    for (Index& index : table.indexes) {
        if (!index.global) continue;
        index.throughput = {};
        if (index.status == TableStatus::Active) index.status = TableStatus::Updating;
    }
    return {};
}

struct IndexNumbers {
    Index* index;
    Throughput requested;
};

// Numbers for indexes; one that is missing is reported later, where all names are known to be good.
Result<std::vector<IndexNumbers>> read_index_numbers(json::Node input, Table& table) {
    std::vector<IndexNumbers> all;
    const json::Node list = input.find("GlobalSecondaryIndexUpdates");
    if (!list) return all;
    for (const json::Node::Member element : list.elements()) {
        const json::Node update = element.value.find("Update");
        const json::Node throughput = update ? update.find("ProvisionedThroughput") : json::Node();
        if (!throughput) continue;
        const Throughput requested{json::integer_of(throughput.find("ReadCapacityUnits")),
                                   json::integer_of(throughput.find("WriteCapacityUnits"))};
        if (requested.read > limits::kThroughputMax || requested.write > limits::kThroughputMax)
            return Error::validation(
                "This operation cannot be performed with given input values. Please contact DynamoDB service team for "
                "more info: Action Blocked: IndexUpdate");
        SORTKEY_TRY(index, global_index(table, update.find("IndexName").text(), "update"));
        all.push_back({index, requested});
    }
    return all;
}

Status to_provisioned(Table& table, const Throughput& requested, const std::vector<IndexNumbers>& numbers,
                      int64_t now) {
    std::vector<std::string> missing;
    for (const Index& index : table.indexes) {
        bool named = !index.global;
        for (const IndexNumbers& one : numbers) named = named || one.index == &index;
        if (!named) missing.push_back(index.name);
    }
    if (!missing.empty()) {
        std::string names;
        for (const std::string& name : missing) names += (names.empty() ? "" : ",") + name;
        return Error::invalid_parameter("ProvisionedThroughput must be specified for index: " + names);
    }
    table.on_demand_billing = false;
    table.billing_summary = true;
    table.on_demand = {};
    table.history.note(table.throughput, requested, now);
    table.throughput = requested;
    for (const IndexNumbers& one : numbers) {
        one.index->history.note(one.index->throughput, one.requested, now);
        one.index->throughput = one.requested;
        one.index->on_demand = {};
        one.index->status = TableStatus::Updating;
    }
    return {};
}

}  // namespace

bool within_quota(std::vector<int64_t>& moments, size_t count, int64_t window_micros, int64_t now_micros) {
    std::erase_if(moments, [&](int64_t at) { return at <= now_micros - window_micros; });
    if (moments.size() >= count) return false;
    moments.push_back(now_micros);
    return true;
}

Status change_throughput(Call& call, Table& table, bool& updating) {
    const json::Node input = call.input;
    const int64_t now = call.world().now_micros;
    const json::Node throughput = input.find("ProvisionedThroughput");
    const std::string_view mode = text_of(input.find("BillingMode"));
    const bool on_demand = mode.empty() ? table.on_demand_billing : mode == "PAY_PER_REQUEST";
    if (on_demand && throughput)
        return Error::invalid_parameter(
            "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST");
    SORTKEY_TRY(numbers, read_index_numbers(input, table));
    if (on_demand && !numbers.empty()) {
        const std::string& name = numbers.front().index->name;
        return mode.empty()
                   ? only_on_demand_updates(name)
                   : Error::invalid_parameter(
                         "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for index: " + name +
                         " when BillingMode is PAY_PER_REQUEST");
    }
    Throughput requested;
    if (throughput) {
        SORTKEY_TRY(units, read_throughput(throughput));
        requested = units;
    }
    if (on_demand != table.on_demand_billing) {
        updating = true;
        return on_demand ? to_on_demand(table, now) : to_provisioned(table, requested, numbers, now);
    }
    if (throughput) {
        SORTKEY_CHECK(prepare(table.throughput, requested, table.next_throughput, table.history, "table", now));
        updating = true;
    }
    for (const IndexNumbers& one : numbers) {
        SORTKEY_CHECK(prepare(one.index->throughput, one.requested, one.index->next_throughput, one.index->history,
                              call.wording == Wording::older ? "table" : "index " + one.index->name, now));
        if (one.index->status == TableStatus::Active) one.index->status = TableStatus::Updating;
        updating = true;
    }
    return {};
}

Status change_maximum(const Table& table, const Index* index, json::Node node, OnDemandMaximum& maximum,
                      bool& updating) {
    if (!node) return {};
    const OnDemandMaximum before = maximum;
    SORTKEY_CHECK(read_maximum(table, index, node, maximum));
    if (!node.find("MaxReadRequestUnits")) maximum.read = before.read;
    if (!node.find("MaxWriteRequestUnits")) maximum.write = before.write;
    updating = true;
    return {};
}

Status raise_warm(const Table& table, const Throughput& provisioned, json::Node node, const std::string& of,
                  Throughput& warm, bool& updating) {
    if (!node) return {};
    // What is carried at once: what was asked for, or what the billing mode implies.
    const auto raise = [&](std::string_view member, int64_t implied, int64_t& units) -> Status {
        const json::Node given = node.find(member);
        if (!given) return {};
        const int64_t requested = json::integer_of(given);
        const int64_t current = std::max(implied, units);
        if (requested < current)
            return Error::invalid_parameter("Requested " + std::string(member) + " for WarmThroughput for " + of +
                                            " is lower than current WarmThroughput, decreasing WarmThroughput is not "
                                            "supported");
        updating = updating || requested > current;
        units = requested;
        return {};
    };
    SORTKEY_CHECK(
        raise("ReadUnitsPerSecond", table.on_demand_billing ? kOnDemandReadStart : provisioned.read, warm.read));
    return raise("WriteUnitsPerSecond", table.on_demand_billing ? kOnDemandWriteStart : provisioned.write, warm.write);
}

}  // namespace sortkey
