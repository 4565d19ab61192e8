// PutItem.
#pragma once

#include "operations/operation.h"

namespace sortkey::put_item {

extern const json::Shape kInput;
Status run(Call& call);

}  // namespace sortkey::put_item
