// BatchWriteItem.
#pragma once

#include "operations/operation.h"

namespace sortkey::batch_write_item {

extern const json::Shape kInput;
Status run(Call& call);

}  // namespace sortkey::batch_write_item
