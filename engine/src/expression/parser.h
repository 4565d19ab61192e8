// Tokens → tree. Knows the grammar (spec: expressions §2) and nothing of meaning: names are not resolved, operand
// counts and types not checked. What the service complains about only after the whole text has parsed is noted on the
// way.
#pragma once

#include <vector>

#include "expression/ast.h"
#include "expression/expression.h"
#include "sortkey/result.h"

namespace sortkey {

/// What one text parsed to. Spans of length 0 stand for "did not happen"; otherwise the first place.
struct Parsed {
    Tree tree;  ///< nodes in post-order: operands before their operator, paths and values in text order
    std::vector<UpdateAction> actions;
    Span redundant_parentheses;
    Span index_too_large;
    Span repeated_section;
};

/// Errors: Validation "Invalid …Expression: Syntax error; token: …, near: …".
Result<Parsed> parse(Kind kind, std::string_view text);

/// "Invalid <kind>Expression: " + detail, with its position.
Error expression_error(Kind kind, std::string detail, Span span);

}  // namespace sortkey
