// Sortkey_20261120.DescribeWorld: not of the service, but about it.
#pragma once

#include "operations/operation.h"

namespace sortkey::describe_world {

extern const json::Shape kInput;
Status run(Call& call);

}  // namespace sortkey::describe_world
