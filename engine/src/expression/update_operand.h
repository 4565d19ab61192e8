// Right-hand sides of update actions, computed from the item as it was before the update; used inside expression/ only.
#pragma once

#include <string>

#include "expression/ast.h"
#include "sortkey/result.h"

namespace sortkey {

inline constexpr std::string_view kMissingOperand =
    "The provided expression refers to an attribute that does not exist in the item";
inline constexpr std::string_view kWrongOperandType = "An operand in the update expression has an incorrect data type";

/// Appends the encoded value of an operand.
Status append_operand(const Tree& tree, NodeId id, ItemView before, std::string& out);

/// Appends a + b or a − b. REQUIRES: both are N.
Status append_sum(std::string& out, ValueView a, ValueView b, bool minus);

/// Appends the elements of a, then those of b. REQUIRES: both are L.
void append_concatenation(std::string& out, ValueView a, ValueView b);

}  // namespace sortkey
