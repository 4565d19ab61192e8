// Resources named by their ARN, as tagging and policies name them.
#pragma once

#include "operations/common.h"

namespace sortkey {

/// A checked ARN of a table. Errors: Validation "ARNs must start with 'arn:'…", "Invalid TableArn…". `list`: a member
/// that is required and looked for before the ARN is, or none.
Result<std::string_view> read_table_arn(Call& call, std::string_view list);

/// The resource-based policy of a table or stream.
struct PolicySlot {
    std::string* document = nullptr;
    std::string* revision = nullptr;
    bool* dirty = nullptr;
};

/// "Requested resource not found: ResourceArn: <arn> not found", as tagging says it.
Error resource_not_found(const Call& call, std::string_view arn);

/// Where the policy of the ARN's table or stream is kept. Errors: Validation for ARNs of other things, Regions and
/// accounts; ResourceNotFound.
Result<PolicySlot> find_policy(Call& call, json::Node arn);

}  // namespace sortkey
