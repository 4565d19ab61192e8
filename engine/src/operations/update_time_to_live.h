// UpdateTimeToLive.
#pragma once

#include "operations/operation.h"

namespace sortkey::update_time_to_live {

extern const json::Shape kInput;
Status run(Call& call);

}  // namespace sortkey::update_time_to_live
