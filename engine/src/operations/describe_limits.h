// DescribeLimits.
#pragma once

#include "operations/operation.h"

namespace sortkey::describe_limits {

extern const json::Shape kInput;
Status run(Call& call);

}  // namespace sortkey::describe_limits
