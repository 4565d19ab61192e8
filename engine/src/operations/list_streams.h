// ListStreams.
#pragma once

#include "operations/operation.h"

namespace sortkey::list_streams {

extern const json::Shape kInput;
Status run(Call& call);

}  // namespace sortkey::list_streams
