// Values as the service prints them inside error texts.
#pragma once

#include <string>

#include "model/value.h"

namespace sortkey {

/// Appends "AttributeValue: {N:1}": S as it is, N in canonical form, B in base64, BOOL and NULL as true or false, lists
/// and sets as "[a, b]", maps as "{k=AttributeValue: {S:v}}".
void append_value_text(std::string& out, ValueView value);

}  // namespace sortkey
