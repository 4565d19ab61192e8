// ExecuteStatement.
#pragma once

#include "operations/operation.h"

namespace sortkey::execute_statement {

extern const json::Shape kInput;
Status run(Call& call);

}  // namespace sortkey::execute_statement
