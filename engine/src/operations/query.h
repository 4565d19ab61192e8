// Query.
#pragma once

#include "operations/operation.h"

namespace sortkey::query {

extern const json::Shape kInput;
Status run(Call& call);

}  // namespace sortkey::query
