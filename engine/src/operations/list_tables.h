// ListTables.
#pragma once

#include "operations/operation.h"

namespace sortkey::list_tables {

extern const json::Shape kInput;
Status run(Call& call);

}  // namespace sortkey::list_tables
