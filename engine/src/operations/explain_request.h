// Sortkey_20261120.ExplainRequest: not of the service, but about it.
#pragma once

#include "operations/operation.h"

namespace sortkey::explain_request {

extern const json::Shape kInput;
Status run(Call& call);

}  // namespace sortkey::explain_request
