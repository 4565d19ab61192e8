// ExecuteTransaction.
#pragma once

#include "operations/operation.h"

namespace sortkey::execute_transaction {

extern const json::Shape kInput;
Status run(Call& call);

}  // namespace sortkey::execute_transaction
