// PutResourcePolicy.
#pragma once

#include "operations/operation.h"

namespace sortkey::put_resource_policy {

extern const json::Shape kInput;
Status run(Call& call);

}  // namespace sortkey::put_resource_policy
