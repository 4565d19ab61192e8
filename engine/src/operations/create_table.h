// CreateTable.
#pragma once

#include "operations/operation.h"

namespace sortkey::create_table {

extern const json::Shape kInput;
Status run(Call& call);

}  // namespace sortkey::create_table
