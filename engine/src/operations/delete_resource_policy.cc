// DeleteResourcePolicy: no policy to delete is no fault (spec: api.md §11).
#include "operations/delete_resource_policy.h"

#include "operations/resource_arn.h"

namespace sortkey::delete_resource_policy {
namespace {

constexpr json::Member kMembers[] = {
    {"ResourceArn", &json::kString, {.not_null = true, .length_min = 1, .length_max = 1283}},
    {"ExpectedRevisionId", &json::kString, {.length_min = 1, .length_max = 255}},
};

}  // namespace

const json::Shape kInput = json::Shape::structure("DeleteResourcePolicyInput", kMembers);

Status run(Call& call) {
    SORTKEY_TRY(slot, find_policy(call, call.input.find("ResourceArn")));
    const json::Node expected = call.input.find("ExpectedRevisionId");
    if (expected && expected.text() != *slot.revision)
        return Error::make(ErrorCode::PolicyNotFound,
                           "Resource-based policy not found for the provided ResourceArn and RevisionId: " +
                               std::string(expected.text()));
    ObjectWriter answer(call.out);
    if (!slot.document->empty()) answer.text("RevisionId", *slot.revision);
    answer.close();
    slot.document->clear();
    slot.revision->clear();
    *slot.dirty = true;
    return {};
}

}  // namespace sortkey::delete_resource_policy
