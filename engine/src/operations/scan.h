// Scan.
#pragma once

#include "operations/operation.h"

namespace sortkey::scan {

extern const json::Shape kInput;
Status run(Call& call);

}  // namespace sortkey::scan
