// DeleteResourcePolicy.
#pragma once

#include "operations/operation.h"

namespace sortkey::delete_resource_policy {

extern const json::Shape kInput;
Status run(Call& call);

}  // namespace sortkey::delete_resource_policy
