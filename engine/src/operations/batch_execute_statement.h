// BatchExecuteStatement.
#pragma once

#include "operations/operation.h"

namespace sortkey::batch_execute_statement {

extern const json::Shape kInput;
Status run(Call& call);

}  // namespace sortkey::batch_execute_statement
