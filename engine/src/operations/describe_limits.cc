// DescribeLimits: the provisioned units an account and one table may have (spec: api.md §6).
#include "operations/describe_limits.h"

#include "json/object_writer.h"

namespace sortkey::describe_limits {

const json::Shape kInput{json::ShapeKind::Structure, "DescribeLimitsInput"};

Status run(Call& call) {
    ObjectWriter answer(call.out);
    answer.integer("AccountMaxReadCapacityUnits", 80'000);
    answer.integer("AccountMaxWriteCapacityUnits", 80'000);
    answer.integer("TableMaxReadCapacityUnits", 40'000);
    answer.integer("TableMaxWriteCapacityUnits", 40'000);
    answer.close();
    return {};
}

}  // namespace sortkey::describe_limits
