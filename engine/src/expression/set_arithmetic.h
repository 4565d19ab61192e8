// Union and difference of encoded sets, for ADD and DELETE.
#pragma once

#include <string>

#include "model/value.h"

namespace sortkey {

/// Appends the encoded union of two sets of one type.
void append_union(std::string& out, ValueView a, ValueView b);

/// Appends a without the members of b; appends nothing and returns false when no member is left.
bool append_difference(std::string& out, ValueView a, ValueView b);

}  // namespace sortkey
