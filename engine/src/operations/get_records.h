// GetRecords.
#pragma once

#include "operations/operation.h"

namespace sortkey::get_records {

extern const json::Shape kInput;
Status run(Call& call);

}  // namespace sortkey::get_records
