// GetShardIterator.
#pragma once

#include "operations/operation.h"

namespace sortkey::get_shard_iterator {

extern const json::Shape kInput;
Status run(Call& call);

}  // namespace sortkey::get_shard_iterator
