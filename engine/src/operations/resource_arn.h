// Resources named by their ARN, as tagging and policies name them.
#pragma once

#include "operations/common.h"

namespace sortkey {

/// A checked ARN of a table. Errors: Validation "Invalid TableArn…", AccessDenied for what names no resource at all
/// (older wording), in the order of the service. `list`: a member that is required and looked for in between, or none.
Result<std::string_view> read_table_arn(Call& call, std::string_view list);

/// AccessDenied "User: … is not authorized to perform: dynamodb:TagResource on resource: …".
Error not_authorized(const Call& call, std::string_view resource);

/// The resource-based policy of a table or stream.
struct PolicySlot {
    std::string* document = nullptr;
    std::string* revision = nullptr;
    bool* dirty = nullptr;
};

/// Where the policy of the ARN's table or stream is kept. Errors: ResourceNotFound.
Result<PolicySlot> find_policy(Call& call, json::Node arn);

}  // namespace sortkey
