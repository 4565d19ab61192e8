// Sortkey_20261120.Configure: not of the service, but about it.
#pragma once

#include "operations/operation.h"

namespace sortkey::configure {

extern const json::Shape kInput;
Status run(Call& call);

}  // namespace sortkey::configure
