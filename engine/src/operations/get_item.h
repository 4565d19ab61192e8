// GetItem.
#pragma once

#include "operations/operation.h"

namespace sortkey::get_item {

extern const json::Shape kInput;
Status run(Call& call);

}  // namespace sortkey::get_item
