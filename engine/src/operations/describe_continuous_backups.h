// DescribeContinuousBackups.
#pragma once

#include "operations/operation.h"

namespace sortkey::describe_continuous_backups {

extern const json::Shape kInput;
Status run(Call& call);

}  // namespace sortkey::describe_continuous_backups
