// UntagResource: removes tags of a table; keys it does not have are no fault (spec: api.md §6).
#include "operations/untag_resource.h"

#include "operations/resource_arn.h"
#include "operations/tags.h"

namespace sortkey::untag_resource {
namespace {

constexpr json::Member kMembers[] = {
    {"ResourceArn", &json::kString},
    {"TagKeys", &json::kStringList},
};

}  // namespace

const json::Shape kInput = json::Shape::structure("UntagResourceInput", kMembers);

Status run(Call& call) {
    SORTKEY_TRY(arn, read_table_arn(call, "TagKeys"));
    const json::Node keys = call.input.find("TagKeys");
    if (keys.count() == 0) return Error::validation("Atleast one Tag Key needs to be provided as Input.");
    Table* table = named_table(call, arn);
    if (!table) return Error::make(ErrorCode::ResourceNotFound, "Requested resource not found");
    call.trace.table = table->name;
    SORTKEY_CHECK(check_tag_keys(keys));
    for (const json::Node::Member element : keys.elements()) {
        std::erase_if(table->tags, [&](const auto& tag) { return tag.first == element.value.text(); });
    }
    table->dirty = true;
    return {};
}

}  // namespace sortkey::untag_resource
