// Tags of a table: checks and merging (spec: api.md §6).
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "operations/common.h"

namespace sortkey {

using Tags = std::vector<std::pair<std::string, std::string>>;  // sorted by key

/// Errors: a key that is missing, too long, reserved or has invalid characters; more than 50 of them.
Status check_tag_keys(json::Node list);

/// Adds or replaces tags. Errors: keys as above, invalid values, duplicates in the input, more than 50 tags or 10 KB in
/// the end.
Status merge_tags(json::Node list, Tags& tags);

}  // namespace sortkey
