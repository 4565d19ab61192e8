// Global secondary indexes that come and go with UpdateTable (spec: api.md §7, query-scan.md §6).
#pragma once

#include <string>
#include <vector>

#include "operations/common.h"

namespace sortkey {

/// What an UpdateTable does to its indexes beyond their throughput.
struct IndexPlan {
    std::string created;
    std::string deleted;
    bool updates = false;  ///< maximums or warm throughput of some index
    bool cancels = false;  ///< the deleted index was still being filled
};

/// A global index of the table; `what` is done to it. Errors: there is none, or it is a local one.
Result<Index*> global_index(Table& table, std::string_view name, std::string_view what);

/// The refusal of other changes to an index of an on-demand table.
Error only_on_demand_updates(const std::string& name);

/// Faults of GlobalSecondaryIndexUpdates that need no table. Errors: P about empty elements and repeated indexes.
Status check_index_updates(json::Node list);

/// Adds and marks indexes on a copy of the table; new ones are filled at once and readable when their build is over.
/// Errors: LimitExceeded for a second online build, existing and missing indexes, definitions, projections, counts.
Result<IndexPlan> change_indexes(Call& call, Table& table);

/// Schedules the phases of the plan, or carries them out if changes take no time.
void begin_index_changes(Database& database, Table& table, const IndexPlan& plan);

}  // namespace sortkey
