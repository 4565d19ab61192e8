// UntagResource.
#pragma once

#include "operations/operation.h"

namespace sortkey::untag_resource {

extern const json::Shape kInput;
Status run(Call& call);

}  // namespace sortkey::untag_resource
