// A table: its definition as the control plane sees it, its items, and its secondary indexes as further ordered maps.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "capacity/meter.h"
#include "model/key.h"
#include "storage/ordered_map.h"
#include "support/held_memory.h"

namespace sortkey {

enum class TableStatus : uint8_t { Creating, Updating, Deleting, Active };
std::string_view status_name(TableStatus status);

enum class ProjectionType : uint8_t { All, KeysOnly, Include };
std::string_view projection_name(ProjectionType type);

struct Throughput {
    int64_t read = 0;  ///< units per second; 0 on demand
    int64_t write = 0;
    friend bool operator==(const Throughput&, const Throughput&) = default;
};

/// When provisioned numbers last changed, and how often they were lowered (spec: capacity.md §7).
struct ThroughputHistory {
    int64_t increased_micros = 0;  ///< 0: never
    int64_t decreased_micros = 0;
    int32_t decreases = 0;  ///< on the UTC day of the last decrease

    int32_t decreases_today(int64_t now_micros) const;
    /// Takes note of a change from `before` to `after`.
    void note(const Throughput& before, const Throughput& after, int64_t now_micros);
};

/// A maximum for on-demand tables; −1 means none was set.
struct OnDemandMaximum {
    int64_t read = -1;
    int64_t write = -1;
    bool set() const { return read >= 0 || write >= 0; }
};

/// How much there is of something.
struct Counts {
    uint64_t items = 0;
    uint64_t bytes = 0;  ///< Σ item size
};

struct Index {
    std::string name;
    bool global = false;
    KeySchema keys;
    ProjectionType projection = ProjectionType::All;
    std::vector<std::string> non_key_attributes;
    Throughput throughput;
    std::optional<Throughput> next_throughput;  ///< in force once the index is ACTIVE again
    ThroughputHistory history;
    OnDemandMaximum on_demand;
    Throughput warm;  ///< 0/0: what the billing mode implies
    TableStatus status = TableStatus::Active;
    bool backfilling = false;  ///< second phase of a build by UpdateTable

    OrderedMap rows;  ///< index row key → projected item
    Counts counted;   ///< kept by catalog/statistics.h

    bool projects(std::string_view attribute, const KeySchema& table_keys) const;
};

/// View types of a stream; Off: no stream.
enum class StreamView : uint8_t { Off, KeysOnly, NewImage, OldImage, NewAndOldImages };
std::string_view stream_view_name(StreamView view);

enum class TimeToLiveStatus : uint8_t { Disabled, Enabling, Enabled, Disabling };
std::string_view time_to_live_name(TimeToLiveStatus status);

struct Table {
    uint32_t id = 0;  ///< unique for the life of the account
    std::string name;
    std::string uuid;
    int64_t created_micros = 0;
    TableStatus status = TableStatus::Creating;

    std::vector<KeyAttribute> attributes;  ///< AttributeDefinitions, as sent
    KeySchema keys;
    std::vector<Index> indexes;  ///< local ones first, each kind in creation order

    bool on_demand_billing = false;
    bool billing_summary = false;  ///< shown once the table was ever on demand
    int64_t on_demand_since_micros = 0;
    Throughput throughput;
    std::optional<Throughput> next_throughput;  ///< in force once the table is ACTIVE again
    ThroughputHistory history;
    OnDemandMaximum on_demand;
    Throughput warm;  ///< 0/0: what the billing mode implies
    /// Moments of changes that a quota limits, oldest first.
    std::vector<int64_t> on_demand_switches;
    std::vector<int64_t> class_changes;
    std::vector<int64_t> encryption_changes;

    bool deletion_protection = false;
    bool infrequent_access = false;  ///< TableClass STANDARD_INFREQUENT_ACCESS
    bool sse_kms = false;
    std::string kms_key_arn;
    StreamView stream = StreamView::Off;
    std::string stream_label;                               ///< of the newest stream, kept after it was switched off
    std::vector<std::pair<std::string, std::string>> tags;  ///< sorted by key
    std::string time_to_live_attribute;                     ///< empty while time to live is off
    TimeToLiveStatus time_to_live = TimeToLiveStatus::Disabled;
    int64_t time_to_live_changed_micros = 0;
    std::string resource_policy;
    std::string policy_revision;

    OrderedMap items;  ///< row key → encoded item; its bytes() are the table's size
    Counts counted;    ///< as of counted_micros, kept by catalog/statistics.h
    int64_t counted_micros = 0;
    OrderedMap expiries;  ///< expiry time ‖ row key, kept by catalog/time_to_live.h
    Meter meter;
    bool dirty = true;     ///< definition changed since the journal was last drained
    bool touched = false;  ///< among Database::take_touched()
    HeldMemory held;       ///< of the definition

    bool readable() const { return status == TableStatus::Active || status == TableStatus::Updating; }
    Index* find_index(std::string_view index_name);
    const Index* find_index(std::string_view index_name) const;
    bool has_local_indexes() const { return !indexes.empty() && !indexes.front().global; }
    /// Declared type of an attribute; false if it is not in AttributeDefinitions.
    bool declared_type(std::string_view attribute, Type& out) const;
    /// Counts the definition's memory anew.
    void count_held();
};

/// What an index stores of an item: encoded item of its projected attributes.
std::string projected_item(const Index& index, const KeySchema& table_keys, ItemView item);

/// An item or index entry as maps hold it; in their sums it counts the bytes that the service counts.
inline RecordPtr item_record(std::string_view row_key, std::string_view item) {
    return Record::make(row_key, item, ItemView(item).size());
}

/// "arn:aws:dynamodb:<region>:000000000000:table/<name>"
std::string table_arn(std::string_view region, std::string_view table);

inline constexpr std::string_view kAccountId = "000000000000";

}  // namespace sortkey
