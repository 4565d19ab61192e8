// DeleteTable.
#pragma once

#include "operations/operation.h"

namespace sortkey::delete_table {

extern const json::Shape kInput;
Status run(Call& call);

}  // namespace sortkey::delete_table
