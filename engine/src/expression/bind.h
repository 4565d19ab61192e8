// Resolves the placeholders of parsed nodes: #names to attribute names, :values to values; marks them as used.
#pragma once

#include "expression/ast.h"
#include "expression/expression.h"
#include "expression/placeholders.h"

namespace sortkey {

/// Binds the nodes [first, last) in text order.
/// Errors: Validation, "…attribute name: #x" or "…attribute value: :x" is not defined; whichever comes first in the
/// text.
Status bind(Kind kind, Tree& tree, NodeId first, NodeId last, Placeholders& placeholders);

/// The same for names or values alone, for the kinds of expression in which all names come before all values.
Status bind_names(Kind kind, Tree& tree, NodeId first, NodeId last, Placeholders& placeholders);
Status bind_values(Kind kind, Tree& tree, NodeId first, NodeId last, Placeholders& placeholders);

}  // namespace sortkey
