// ListTagsOfResource.
#pragma once

#include "operations/operation.h"

namespace sortkey::list_tags_of_resource {

extern const json::Shape kInput;
Status run(Call& call);

}  // namespace sortkey::list_tags_of_resource
