// DescribeStream.
#pragma once

#include "operations/operation.h"

namespace sortkey::describe_stream {

extern const json::Shape kInput;
Status run(Call& call);

}  // namespace sortkey::describe_stream
