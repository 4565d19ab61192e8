// Sortkey_20261120.ReadItems: not of the service. The rows of a table or index as they lie there, for those who look
// on: no charge, no trace, no time, and no table is too young to be looked at.
#pragma once

#include "operations/operation.h"

namespace sortkey::read_items {

extern const json::Shape kInput;
Status run(Call& call);

}  // namespace sortkey::read_items
