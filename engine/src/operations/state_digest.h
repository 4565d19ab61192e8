// Sortkey_20261120.StateDigest: not of the service, but about it.
#pragma once

#include "operations/operation.h"

namespace sortkey::state_digest {

extern const json::Shape kInput;
Status run(Call& call);

}  // namespace sortkey::state_digest
