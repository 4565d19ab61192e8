// The walk behind projections and UPDATED_OLD/UPDATED_NEW; used inside expression/ only.
#pragma once

#include <string>

#include "expression/ast.h"

namespace sortkey {

/// Appends the encoded item that holds what the paths select. REQUIRES: sorted by path_before, none contains another.
bool project_paths(const Tree& tree, const NodeId* sorted, size_t count, ItemView item, std::string& encoded_item_out);

}  // namespace sortkey
