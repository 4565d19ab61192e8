// UpdateTable.
#pragma once

#include "operations/operation.h"

namespace sortkey::update_table {

extern const json::Shape kInput;
Status run(Call& call);

}  // namespace sortkey::update_table
