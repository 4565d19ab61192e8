// The order of document paths that matches the order of names in encoded maps and of elements in lists, so that one
// walk over an item meets a sorted list of paths from front to back.
#pragma once

#include <cstddef>
#include <cstdint>

#include "expression/ast.h"

namespace sortkey {

/// Whether path `a` comes before path `b`: part by part, positions by number, names by bytes; a prefix comes first.
bool path_before(const Tree& tree, NodeId a, NodeId b);

/// Sorts numbers by what they stand for. One copy of std::sort serves everybody: the module's size matters more here
/// than a call through a pointer.
void sort_ids(uint32_t* ids, size_t count, bool (*before)(const void* context, uint32_t a, uint32_t b),
              const void* context);

}  // namespace sortkey
