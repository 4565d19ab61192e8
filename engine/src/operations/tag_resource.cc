// TagResource: adds or replaces tags of a table (spec: api.md §6).
#include "operations/tag_resource.h"

#include "catalog/memory_limit.h"
#include "operations/resource_arn.h"
#include "operations/table_definition.h"
#include "operations/tags.h"

namespace sortkey::tag_resource {
namespace {

constexpr json::Member kMembers[] = {
    {"ResourceArn", &json::kString},
    {"Tags", &kTags},
};

}  // namespace

const json::Shape kInput = json::Shape::structure("TagResourceInput", kMembers);

Status run(Call& call) {
    SORTKEY_TRY(arn, read_table_arn(call, "Tags"));
    const json::Node tags = call.input.find("Tags");
    if (tags.count() == 0) return Error::validation("Atleast one Tag needs to be provided as Input.");
    Table* table = named_table(call, arn);
    if (!table) return resource_not_found(call, arn);
    call.trace.table = table->name;
    SORTKEY_CHECK(check_memory(call.world(), kMemoryForDefinition));
    SORTKEY_CHECK(merge_tags(tags, table->tags));
    table->count_held();
    table->dirty = true;
    return {};
}

}  // namespace sortkey::tag_resource
