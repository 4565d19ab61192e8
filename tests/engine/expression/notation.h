// A short notation for values and items, so that tables of cases stay readable.
//
//   {pk:'k', n:-1.5, ok:true, no:null, raw:b'61ff', list:['x', 1], map:{a:{}}, tags:<'a', 'b'>}
//
// Sets take their type from their first member. print_item() writes the same notation back, in the engine's own order.
#pragma once

#include <string>
#include <string_view>

#include "model/value.h"

namespace sortkey::notation {

/// Encoded value of a text in the notation; aborts on a malformed one.
std::string value(std::string_view text);
/// Encoded item of "{…}"; an empty text is the absent item.
std::string item(std::string_view text);

std::string print_value(ValueView value);
std::string print_item(std::string_view encoded);

}  // namespace sortkey::notation
