// DescribeTimeToLive.
#pragma once

#include "operations/operation.h"

namespace sortkey::describe_time_to_live {

extern const json::Shape kInput;
Status run(Call& call);

}  // namespace sortkey::describe_time_to_live
