// SELECT with pages: a Query where WHERE fixes the partition key, otherwise a Scan (spec: api.md §5).
#pragma once

#include "operations/partiql_run.h"

namespace sortkey {

/// Runs a SELECT of ExecuteStatement and appends the answer. Reads Limit, NextToken and ConsistentRead of call.input.
/// Errors: indexes, projections, ORDER BY, key types, "Invalid NextToken", "NextToken does not match request".
Status run_select(Call& call, PartiqlRequest& request);

}  // namespace sortkey
