// Whether bytes are an encoded item: for bytes that come from outside (journals, links).
#pragma once

#include <string_view>

namespace sortkey {

/// Checks lengths, types, text, numbers, order of names and nesting; everything else reads encoded items without
/// checks.
bool is_well_formed_item(std::string_view bytes);

}  // namespace sortkey
