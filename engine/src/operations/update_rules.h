// What an update may touch: keys never, index keys only with the right types; shared by UpdateItem, transactions,
// PartiQL.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "operations/common.h"

namespace sortkey {

/// Checks that need no item: key attributes, nested paths into keys, constants of wrong type for index keys.
/// Errors: P "Cannot update attribute pk. This attribute is part of the key" and others (spec: expressions.md §6).
Status check_update_targets(const Table& table, const Update& update);

/// The item after the update, checked: index key types and the size gate. `before`: the stored item, or just the key.
Result<std::string> updated_item(const Table& table, const std::optional<Update>& update, std::string_view before);

}  // namespace sortkey
