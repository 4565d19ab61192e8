// PutResourcePolicy: stores the policy of a table or stream (spec: api.md §11).
#include "operations/put_resource_policy.h"

#include "catalog/memory_limit.h"
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

Error invalid_document(std::string_view detail) {
    return Error::invalid_parameter("Invalid policy document: " + std::string(detail));
}

Status check_statement(json::Node statement) {
    if (statement.kind() != json::Kind::Object) return invalid_document("This policy contains invalid Json");
    for (const std::string_view field : {"Effect", "Resource"})
        if (!statement.find(field)) return invalid_document("Missing required field " + std::string(field));
    return {};
}

// What a policy is made of; who it allows what is not looked at.
Status check_document(std::string_view policy) {
    if (policy.size() > kPolicyBytesMax) return Error::invalid_parameter("Maximum policy size of 20480 bytes exceeded");
    json::Document document;
    if (!document.parse(policy)) return invalid_document("This policy contains invalid Json");
    const json::Node root = document.root();
    if (root.kind() == json::Kind::Null) return invalid_document("This text appears not to be a policy");
    if (root.kind() != json::Kind::Object) return invalid_document("This policy contains invalid Json");
    if (root.count() == 0)
        return invalid_document("Syntax error at position (1," + std::to_string(policy.size() + 1) + ")");
    const json::Node statement = root.find("Statement");
    if (!statement) return invalid_document("Missing required field Statement");
    if (statement.kind() != json::Kind::Array) return check_statement(statement);
    if (statement.count() == 0) return invalid_document("Could not parse the policy: Statement is empty!");
    for (const json::Node::Member element : statement.elements()) SORTKEY_CHECK(check_statement(element.value));
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
        SORTKEY_CHECK(check_memory(call.world(), kMemoryForDefinition));
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
