// TagResource.
#pragma once

#include "operations/operation.h"

namespace sortkey::tag_resource {

extern const json::Shape kInput;
Status run(Call& call);

}  // namespace sortkey::tag_resource
