// Sortkey_20261120.Reset: not of the service, but about it.
#pragma once

#include "operations/operation.h"

namespace sortkey::reset {

extern const json::Shape kInput;
Status run(Call& call);

}  // namespace sortkey::reset
