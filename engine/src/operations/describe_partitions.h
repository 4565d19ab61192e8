// Sortkey_20261120.DescribePartitions: not of the service, but about it.
#pragma once

#include "operations/operation.h"

namespace sortkey::describe_partitions {

extern const json::Shape kInput;
Status run(Call& call);

}  // namespace sortkey::describe_partitions
