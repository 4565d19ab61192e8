// DescribeEndpoints.
#pragma once

#include "operations/operation.h"

namespace sortkey::describe_endpoints {

extern const json::Shape kInput;
Status run(Call& call);

}  // namespace sortkey::describe_endpoints
