// GetResourcePolicy (spec: api.md §11).
#include "operations/get_resource_policy.h"

#include "operations/resource_arn.h"

namespace sortkey::get_resource_policy {
namespace {

constexpr json::Member kMembers[] = {
    {"ResourceArn", &json::kString, {.not_null = true, .length_min = 1, .length_max = 1283}},
};

}  // namespace

const json::Shape kInput = json::Shape::structure("GetResourcePolicyInput", kMembers);

Status run(Call& call) {
    const json::Node arn = call.input.find("ResourceArn");
    SORTKEY_TRY(slot, find_policy(call, arn));
    if (slot.document->empty())
        return Error::make(ErrorCode::PolicyNotFound,
                           "Resource-based policy not found for the provided ResourceArn: " + std::string(arn.text()));
    ObjectWriter answer(call.out);
    answer.text("Policy", *slot.document);
    answer.text("RevisionId", *slot.revision);
    answer.close();
    return {};
}

}  // namespace sortkey::get_resource_policy
