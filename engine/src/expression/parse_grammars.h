// The three grammars behind parse(); used inside expression/ only.
#pragma once

#include "expression/parser.h"

namespace sortkey {

Result<Parsed> parse_condition(Kind kind, std::string_view text);
Result<Parsed> parse_update(std::string_view text);
Result<Parsed> parse_projection(std::string_view text);

}  // namespace sortkey
