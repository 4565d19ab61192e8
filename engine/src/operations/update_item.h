// UpdateItem.
#pragma once

#include "operations/operation.h"

namespace sortkey::update_item {

extern const json::Shape kInput;
Status run(Call& call);

}  // namespace sortkey::update_item
