#include "operations/resource_arn.h"

namespace sortkey {
namespace {

// arn:aws:dynamodb:<region>:<account>:table/<three characters or more>
bool is_table_arn(std::string_view text) {
    constexpr std::string_view kStart = "arn:aws:dynamodb:";
    const size_t table_at = text.find(":table/");
    if (!text.starts_with(kStart) || table_at == std::string_view::npos) return false;
    const std::string_view middle = text.substr(kStart.size(), table_at - kStart.size());
    const size_t colon = middle.find(':');
    if (colon == 0 || colon == std::string_view::npos || colon + 1 == middle.size()) return false;
    if (middle.find_first_not_of("0123456789", colon + 1) != std::string_view::npos) return false;
    const std::string_view name = text.substr(table_at + 7);
    return name.size() >= 3 && name.find('/') == std::string_view::npos;
}

// What is no ARN at all is refused before what is no ARN of the right kind.
Status check_arn_start(std::string_view text) {
    if (text.starts_with("arn:")) return {};
    return Error::invalid_parameter("ARNs must start with 'arn:': " + std::string(text));
}

// "arn:aws:dynamodb:us-east-1:123456789012:table/Music/…" in its parts; those it lacks are empty.
struct ResourceArn {
    std::string_view partition, service, region, account, resource;

    explicit ResourceArn(std::string_view text) {
        text.remove_prefix(4);
        for (std::string_view* part : {&partition, &service, &region, &account}) {
            const size_t colon = text.find(':');
            *part = text.substr(0, colon);
            text = colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1);
        }
        resource = text;
    }
};

Error not_found(std::string what) {
    return Error::make(ErrorCode::ResourceNotFound, "Requested resource not found: " + std::move(what));
}

}  // namespace

Error resource_not_found(const Call& call, std::string_view arn) {
    // The older text has a letter less.
    return not_found((call.wording == Wording::older ? "ResourcArn: " : "ResourceArn: ") + std::string(arn) +
                     " not found");
}

Result<std::string_view> read_table_arn(Call& call, std::string_view list) {
    const json::Node node = call.input.find("ResourceArn");
    if (!node) return Error::validation("Invalid TableArn");
    const std::string_view arn = node.text();
    if (!list.empty() && !call.input.find(list)) {
        std::string member(list);
        member[0] = static_cast<char>(member[0] | 0x20);
        return Error::validation("1 validation error detected: Value null at '" + member +
                                 "' failed to satisfy constraint: Member must not be null");
    }
    SORTKEY_CHECK(check_arn_start(arn));
    if (!is_table_arn(arn))
        return Error::validation("Invalid TableArn: Invalid ResourceArn provided as input " + std::string(arn));
    return arn;
}

Result<PolicySlot> find_policy(Call& call, json::Node arn) {
    const std::string_view text = text_of(arn);
    SORTKEY_CHECK(check_arn_start(text));
    const ResourceArn parts(text);
    if (parts.partition != "aws" || parts.service != "dynamodb" || parts.region != call.database.region())
        return Error::invalid_parameter("Invalid resource Arn: " + std::string(text));
    if (parts.account != kAccountId)
        return Error::validation(
            "This action is only supported by accounts that match the resource owner\u2019s account.");
    std::string_view rest = parts.resource;
    const std::string_view kind = rest.substr(0, rest.find('/') + 1);
    rest.remove_prefix(kind.size());
    const std::string_view name = rest.substr(0, rest.find('/'));
    rest.remove_prefix(name.size());
    if (rest.starts_with("/index/"))
        return Error::invalid_parameter(
            "Invalid resource arn provided, only table or stream is accepted. Provided resource arn: " +
            std::string(text));
    if (kind != "table/" || name.empty() || (!rest.empty() && !rest.starts_with("/stream/")))
        return Error::invalid_parameter("Provided Arn is not a DynamoDB resource arn: " + std::string(text));
    call.trace.table = name;
    if (!rest.empty()) {
        rest.remove_prefix(8);
        Stream* stream = call.database.streams().find(name, rest);
        if (stream) return PolicySlot{&stream->resource_policy, &stream->policy_revision, &stream->dirty};
        return not_found("Stream: " + std::string(rest) + " not found for Table: " + std::string(name));
    }
    if (Table* table = call.database.find(name))
        return PolicySlot{&table->resource_policy, &table->policy_revision, &table->dirty};
    return not_found("Table: " + std::string(name) + " not found");
}

}  // namespace sortkey
