// Tags of a table: checks and merging (spec: api.md §6).
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "operations/common.h"

namespace sortkey {

using Tags = std::vector<std::pair<std::string, std::string>>;  // sorted by key

/// Adds or replaces tags. Errors: duplicates in the input, reserved prefix, invalid characters, more than 50 in the
/// end.
Status merge_tags(json::Node list, Tags& tags);

}  // namespace sortkey
