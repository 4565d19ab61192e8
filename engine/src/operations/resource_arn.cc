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

}  // namespace

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
    if (!is_table_arn(arn))
        return Error::validation("Invalid TableArn: Invalid ResourceArn provided as input " + std::string(arn));
    return arn;
}

Result<PolicySlot> find_policy(Call& call, json::Node arn) {
    const std::string_view text = text_of(arn);
    if (!text.starts_with("arn:aws:dynamodb:") || text.find(":table/") == std::string_view::npos)
        return Error::invalid_parameter("Invalid ResourceArn provided as input " + std::string(text));
    const size_t label_at = text.find("/stream/");
    const std::string_view name = plain_table_name(text);
    call.trace.table = name;
    if (label_at != std::string_view::npos) {
        Stream* stream = call.database.streams().find(name, text.substr(label_at + 8));
        if (stream) return PolicySlot{&stream->resource_policy, &stream->policy_revision, &stream->dirty};
    } else if (Table* table = call.database.find(name)) {
        return PolicySlot{&table->resource_policy, &table->policy_revision, &table->dirty};
    }
    return Error::make(ErrorCode::ResourceNotFound,
                       "Requested resource not found: ResourcArn: " + std::string(text) + " not found");
}

}  // namespace sortkey
