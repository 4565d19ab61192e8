// Operands looked up in an item; used by conditions and updates inside expression/.
#pragma once

#include "expression/ast.h"

namespace sortkey {

/// The value at a document path; empty when a part is missing or of the wrong kind.
ValueView resolve(PathView path, ItemView item);

}  // namespace sortkey
