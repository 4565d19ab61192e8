// The run of a write transaction once its actions are read and their items found: token, conditions, all or nothing.
#pragma once

#include <deque>
#include <string_view>

#include "operations/several_tables.h"
#include "operations/transact_action.h"

namespace sortkey {

using TransactActions = std::deque<TransactAction>;

/// Runs the actions and answers. `form`: the request's parameters in one canonical form, by which a replay with the
/// same ClientRequestToken is known; `responses`: the answer holds an empty list of that name (PartiQL).
/// Errors: TransactionCanceled, IdempotentParameterMismatch, the size of all items.
Status run_transaction(Call& call, TransactActions& actions, const TableList& tables, std::string_view form,
                       bool responses);

}  // namespace sortkey
