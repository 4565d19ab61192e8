// TransactGetItems.
#pragma once

#include "operations/operation.h"

namespace sortkey::transact_get_items {

extern const json::Shape kInput;
Status run(Call& call);

}  // namespace sortkey::transact_get_items
