// Parameters of PartiQL statements: what is looked at before their values are.
#pragma once

#include "json/document.h"
#include "sortkey/result.h"

namespace sortkey {

/// Converting a parameter comes before the checks of its values, and its numbers have exponents of 32 bits. `wraps` is
/// set if one of them passes the largest exponent on the way, which makes it too small.
/// REQUIRES: check_types() passed. Errors: nesting, "The parameter cannot be converted to a numeric value: <text>";
/// whichever comes first.
Status check_parameter(json::Node value, bool& wraps);

}  // namespace sortkey
