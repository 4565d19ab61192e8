// The rows that a key condition names, as a range of row keys.
#pragma once

#include <string>

#include "expression/expression.h"
#include "model/key.h"

namespace sortkey {

/// Rows [from, to) of a plan bound to `keys`; an empty `to` means to the end.
void range_of(const KeyPlan& plan, const KeySchema& keys, std::string& from, std::string& to);

}  // namespace sortkey
