// Reset: drops every table and event; clock, seed and settings stay.
#include "operations/reset.h"

namespace sortkey::reset {

const json::Shape kInput{json::ShapeKind::Structure, "ResetInput"};

Status run(Call& call) {
    call.out += "{}";
    call.account.reset();
    return {};
}

}  // namespace sortkey::reset
