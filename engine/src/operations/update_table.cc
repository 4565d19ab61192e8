// UpdateTable: one change at a time, most of them on the clock (spec: api.md §7).
#include "operations/update_table.h"

#include "catalog/table_life.h"
#include "operations/index_updates.h"
#include "operations/table_definition.h"
#include "operations/table_description.h"
#include "operations/table_options.h"
#include "operations/throughput_change.h"
#include "support/timestamp.h"

namespace sortkey::update_table {
namespace {

constexpr json::Member kMembers[] = {
    {"TableName", &json::kString, kExistingTableName},
    {"ProvisionedThroughput", &kProvisionedThroughput},
    {"BillingMode", &json::kString, {.enum_set = "PROVISIONED, PAY_PER_REQUEST"}},
    {"GlobalSecondaryIndexUpdates", &kGlobalSecondaryIndexUpdates},
    {"AttributeDefinitions", &kAttributeDefinitions},
    {"StreamSpecification", &kStreamSpecification},
    {"SSESpecification", &kSseSpecification},
    {"TableClass", &json::kString},
    {"DeletionProtectionEnabled", &json::kBoolean},
    {"OnDemandThroughput", &kOnDemandThroughput},
    {"WarmThroughput", &kWarmThroughput},
};

constexpr int64_t kDayMicros = 86'400'000'000;
constexpr size_t kClassChangesMax = 2;       // in 30 days
constexpr size_t kEncryptionChangesMax = 4;  // in 24 hours

// Which of the changes that exclude each other a request asks for.
struct Concerns {
    bool throughput, billing, indexes, stream, encryption, table_class, protection, maximum, warm;

    int count() const {
        return throughput + billing + indexes + stream + encryption + table_class + protection + maximum + warm;
    }
};

Concerns concerns_of(json::Node input) {
    const auto has = [&](std::string_view member) { return static_cast<bool>(input.find(member)); };
    const json::Node updates = input.find("GlobalSecondaryIndexUpdates");
    return {has("ProvisionedThroughput"),     has("BillingMode"),        updates && updates.count() > 0,
            has("StreamSpecification"),       has("SSESpecification"),   has("TableClass"),
            has("DeletionProtectionEnabled"), has("OnDemandThroughput"), has("WarmThroughput")};
}

bool builds_index(json::Node list) {
    if (!list) return false;
    for (const json::Node::Member element : list.elements())
        if (element.value.find("Create") || element.value.find("Delete")) return true;
    return false;
}

Status check_concerns(json::Node input, const Concerns& concerns) {
    const auto alone = [&](bool asked, std::string_view what) -> Status {
        if (!asked || concerns.count() == 1) return {};
        return Error::invalid_parameter(std::string(what) + " must be the only operation in the request");
    };
    SORTKEY_CHECK(alone(concerns.encryption, "Server-Side Encryption modification"));
    SORTKEY_CHECK(alone(concerns.table_class, "TableClass modification"));
    SORTKEY_CHECK(alone(concerns.protection, "DeletionProtection modification"));
    const json::Node updates = input.find("GlobalSecondaryIndexUpdates");
    if (concerns.warm && builds_index(updates))
        return Error::invalid_parameter(
            "Create global secondary index cannot be specified when updating WarmThroughput");
    SORTKEY_CHECK(alone(concerns.warm, "WarmThroughput"));
    if (concerns.maximum && concerns.count() != 1 + concerns.billing)
        return Error::invalid_parameter(
            "OnDemandThroughput can only be combined with BillingMode in an UpdateTable request");
    const bool numbers = concerns.throughput || concerns.billing;
    const bool builds = builds_index(updates);
    if (concerns.stream && numbers)
        return Error::invalid_parameter("You cannot modify stream status while updating table IOPS");
    if (builds && concerns.throughput)
        return Error::invalid_parameter("You cannot create or delete index while updating table IOPS");
    if (builds && concerns.stream)
        return Error::invalid_parameter("You cannot create or delete index while changing stream status");
    return {};
}

// Everything that can be refused without looking at the table.
Status check_request(const Call& call, const Concerns& concerns) {
    const json::Node input = call.input;
    if (concerns.count() == 0)
        return Error::validation(
            call.wording == Wording::older
                ? "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, "
                  "GlobalSecondaryIndexUpdates "
                  "or SSESpecification or ReplicaUpdates is required"
                : "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, "
                  "GlobalSecondaryIndexUpdates, "
                  "SSESpecification, ReplicaUpdates, MultiAccountReplicaReady, ReplicaTransitRoleArn, "
                  "MultiRegionConsistency, DeletionProtectionEnabled, OnDemandThroughput, WarmThroughput or TableClass "
                  "is required");
    const json::Node throughput = input.find("ProvisionedThroughput");
    if (text_of(input.find("BillingMode")) == "PROVISIONED" && !throughput)
        return Error::invalid_parameter("ProvisionedThroughput must be specified when BillingMode is PROVISIONED");
    if (throughput)
        if (const auto units = read_throughput(throughput); !units) return units.error();
    const json::Node updates = input.find("GlobalSecondaryIndexUpdates");
    if (updates && updates.count() == 0)
        return Error::invalid_parameter("List of GlobalSecondaryIndexUpdates is empty");
    SORTKEY_CHECK(check_index_updates(updates));
    return check_concerns(input, concerns);
}

Status check_admission(const Table& table, const Concerns& concerns) {
    const std::string busy = "Attempt to change a resource which is still in use: ";
    if (table.status == TableStatus::Creating) return in_use(busy + "Table is being created: " + table.name);
    if (table.status == TableStatus::Deleting) return in_use(busy + "Table is being deleted: " + table.name);
    if (table.status == TableStatus::Updating && !concerns.protection && !concerns.encryption && !concerns.warm)
        return in_use(busy + "Table: " + table.name + " is in the process of being updated.");
    return {};
}

enum class StreamChange : uint8_t { None, Open, Close };

Result<StreamChange> read_stream_change(json::Node node, const Table& table, StreamView& view) {
    if (!node) return StreamChange::None;
    const json::Node type = node.find("StreamViewType");
    if (json::boolean_of(node.find("StreamEnabled"))) {
        if (table.stream != StreamView::Off)
            return Error::validation("Table already has an enabled stream: TableName: " + table.name);
        if (!type) return Error::invalid_parameter("If stream is being enabled then UpdateViewType is required");
        SORTKEY_CHECK(read_stream_specification(node, view));
        return StreamChange::Open;
    }
    if (type) return Error::invalid_parameter("If stream is being disabled, then UpdateViewType must not be specified");
    if (table.stream == StreamView::Off)
        return Error::validation("Table has no stream to disable: TableName: " + table.name);
    return StreamChange::Close;
}

Status change_class(json::Node node, Table& table, int64_t now, bool& updating) {
    const bool before = table.infrequent_access;
    SORTKEY_CHECK(read_table_class(node, table));
    if (table.infrequent_access == before) return {};
    if (!within_quota(table.class_changes, kClassChangesMax, 30 * kDayMicros, now))
        return Error::make(ErrorCode::LimitExceeded,
                           "Subscriber limit exceeded: Table class changes are limited to 2 times in 30 day(s). Next "
                           "change can be made at " +
                               timestamp_text(table.class_changes.front() + 30 * kDayMicros));
    updating = true;
    return {};
}

Status change_encryption(const Database& database, json::Node node, Table& table, int64_t now) {
    if (!node) return {};
    const std::string before = table.kms_key_arn;
    SORTKEY_CHECK(read_sse(database, node, table));
    if (table.kms_key_arn == before)
        return Error::invalid_parameter(before.empty() ? "Table is already encrypted by default"
                                                       : "Table is already encrypted with given KMSMasterKeyId. Use "
                                                         "KMSMasterKeyId parameter if you want to change Master Key");
    if (!within_quota(table.encryption_changes, kEncryptionChangesMax, kDayMicros, now))
        return Error::make(
            ErrorCode::LimitExceeded,
            "Subscriber limit exceeded: Encryption mode changes are limited in the 24h window ending at " +
                timestamp_text(now) +
                ". After the first 4 encryption mode changes, each subsequent encryption mode change in "
                "the same window can be performed at most once every 21600 seconds.");
    return {};
}

// A build of an index keeps the table UPDATING until the index is being filled, everything else for one table delay.
void begin_updating(Database& database, Table& table, bool updating, const IndexPlan& plan) {
    const int64_t delay = database.world().settings.table_delay_micros;
    begin_index_changes(database, table, plan);
    if (table.status != TableStatus::Updating) return;
    if (delay == 0) {
        settle_table(database, table);
    } else if (updating) {
        database.schedule(EventKind::TableActive, table, delay);
    }
}

}  // namespace

const json::Shape kInput = json::Shape::structure("UpdateTableInput", kMembers);

Status run(Call& call) {
    const json::Node input = call.input;
    Database& database = call.database;
    const int64_t now = call.world().now_micros;
    const Concerns concerns = concerns_of(input);
    SORTKEY_CHECK(check_request(call, concerns));
    SORTKEY_TRY(table, table_for_control(call, input.find("TableName")));
    SORTKEY_CHECK(check_admission(*table, concerns));

    // Everything is tried on a copy, which shares its items with the table: a refused call has changed nothing.
    Table changed = *table;
    bool updating = false;
    StreamView view = StreamView::Off;
    SORTKEY_CHECK(change_throughput(call, changed, updating));
    SORTKEY_TRY(plan, change_indexes(call, changed));
    SORTKEY_TRY(stream, read_stream_change(input.find("StreamSpecification"), changed, view));
    SORTKEY_CHECK(change_class(input.find("TableClass"), changed, now, updating));
    SORTKEY_CHECK(change_encryption(database, input.find("SSESpecification"), changed, now));
    SORTKEY_CHECK(change_maximum(changed, nullptr, input.find("OnDemandThroughput"), changed.on_demand, updating));
    SORTKEY_CHECK(
        raise_warm(changed, changed.throughput, input.find("WarmThroughput"), "table", changed.warm, updating));
    if (const json::Node protection = input.find("DeletionProtectionEnabled"))
        changed.deletion_protection = json::boolean_of(protection);

    changed.count_held();
    *table = std::move(changed);
    table->dirty = true;
    if (stream == StreamChange::Open) open_stream(database, *table, view);
    if (stream == StreamChange::Close) close_stream(database, *table);
    updating = updating || plan.updates || stream != StreamChange::None;
    const bool busy = updating || !plan.created.empty() || !plan.deleted.empty();
    if (busy) table->status = TableStatus::Updating;
    call.out += "{\"TableDescription\":";
    write_table_description(call.out, database, *table);
    call.out += '}';
    if (busy) begin_updating(database, *table, updating, plan);
    return {};
}

}  // namespace sortkey::update_table
