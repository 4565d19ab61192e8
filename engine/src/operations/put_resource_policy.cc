// PutResourcePolicy: stores the policy of a table or stream (spec: api.md §11).
#include "operations/put_resource_policy.h"

#include "operations/resource_arn.h"

namespace sortkey::put_resource_policy {
namespace {

constexpr size_t kPolicyBytesMax = 20'480;
constexpr json::Member kMembers[] = {
    {"ResourceArn", &json::kString, {.not_null = true, .length_min = 1, .length_max = 1283}},
    {"Policy", &json::kString, kRequired},
    {"ExpectedRevisionId", &json::kString, {.length_min = 1, .length_max = 255}},
    {"ConfirmRemoveSelfResourceAccess", &json::kBoolean},
};

Status check_document(std::string_view policy) {
    if (policy.size() > kPolicyBytesMax) return Error::invalid_parameter("Maximum policy size of 20480 bytes exceeded");
    json::Document document;
    if (!document.parse(policy) || document.root().kind() != json::Kind::Object)
        return Error::invalid_parameter("Invalid policy document: Syntax errors in policy");
    const json::Node statement = document.root().find("Statement");
    if (!statement || (statement.kind() != json::Kind::Array && statement.kind() != json::Kind::Object) ||
        statement.count() == 0)
        return Error::invalid_parameter("Invalid policy document: Missing required field Statement");
    return {};
}

}  // namespace

const json::Shape kInput = json::Shape::structure("PutResourcePolicyInput", kMembers);

Status run(Call& call) {
    const std::string_view policy = call.input.find("Policy").text();
    SORTKEY_CHECK(check_document(policy));
    SORTKEY_TRY(slot, find_policy(call, call.input.find("ResourceArn")));
    if (const json::Node expected = call.input.find("ExpectedRevisionId")) {
        const bool fits = expected.text() == "NO_POLICY" ? slot.document->empty() : expected.text() == *slot.revision;
        if (!fits)
            return Error::make(ErrorCode::PolicyNotFound,
                               "Resource-based policy not found for the provided ResourceArn and RevisionId: " +
                                   std::string(expected.text()));
    }
    if (*slot.document != policy || slot.revision->empty()) {
        *slot.document = policy;
        // Revisions are numbers of milliseconds with a tail, so that two in one moment differ.
        *slot.revision = std::to_string(call.world().now_micros / 1000) +
                         std::to_string(100'000 + call.world().random.below(900'000));
        *slot.dirty = true;
    }
    ObjectWriter answer(call.out);
    answer.text("RevisionId", *slot.revision);
    answer.close();
    return {};
}

}  // namespace sortkey::put_resource_policy
