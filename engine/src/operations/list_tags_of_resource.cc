// ListTagsOfResource: tags by key, ten a page (spec: api.md §6).
#include "operations/list_tags_of_resource.h"

#include "operations/resource_arn.h"
#include "support/base64.h"

namespace sortkey::list_tags_of_resource {
namespace {

constexpr int kPageMax = 10;
constexpr json::Member kMembers[] = {
    {"ResourceArn", &json::kString},
    {"NextToken", &json::kString},
};

}  // namespace

const json::Shape kInput = json::Shape::structure("ListTagsOfResourceInput", kMembers);

Status run(Call& call) {
    SORTKEY_TRY(arn, read_table_arn(call, {}));
    const Table* table = named_table(call, arn);
    if (!table)  // whether it exists is nobody else's business
        return Error::make(ErrorCode::AccessDenied,
                           "User: arn:aws:iam::" + std::string(kAccountId) +
                               ":user/sortkey is not authorized to perform: dynamodb:ListTagsOfResource on resource: " +
                               std::string(arn));
    call.trace.table = table->name;
    std::string after;  // a token is the last key that was listed
    const json::Node token = call.input.find("NextToken");
    if (token && (decode_base64(token.text(), after) != Base64Fault::None || after.empty()))
        return Error::validation("Invalid NextToken");
    ObjectWriter answer(call.out);
    std::string& list = answer.member("Tags");
    list += '[';
    int count = 0;
    std::string next;
    std::string_view last;
    for (const auto& [key, value] : table->tags) {
        if (token && key <= after) continue;
        if (count == kPageMax) {
            append_base64(next, last);
            break;
        }
        if (count++ > 0) list += ',';
        ObjectWriter tag(list);
        tag.text("Key", key);
        tag.text("Value", value);
        tag.close();
        last = key;
    }
    list += ']';
    if (!next.empty()) answer.text("NextToken", next);
    answer.close();
    return {};
}

}  // namespace sortkey::list_tags_of_resource
