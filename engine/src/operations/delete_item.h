// DeleteItem.
#pragma once

#include "operations/operation.h"

namespace sortkey::delete_item {

extern const json::Shape kInput;
Status run(Call& call);

}  // namespace sortkey::delete_item
