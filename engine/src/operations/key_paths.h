// Paths that reach into a key attribute, which always holds a scalar (spec: data-model.md §5).
#pragma once

#include "catalog/table.h"
#include "expression/ast.h"
#include "sortkey/result.h"

namespace sortkey {

/// Errors: "Key attributes must be scalars; … Key: a", the table's own keys before those of its indexes.
Status check_key_paths(const Table& table, const Tree& tree);

}  // namespace sortkey
