// GetResourcePolicy.
#pragma once

#include "operations/operation.h"

namespace sortkey::get_resource_policy {

extern const json::Shape kInput;
Status run(Call& call);

}  // namespace sortkey::get_resource_policy
