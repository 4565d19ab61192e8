// ReadItems: {TableName, IndexName?, Limit?, ExclusiveStartKey?} → {Items, LastEvaluatedKey?}, in stored order.
#include "operations/read_items.h"

#include "json/attribute_value.h"
#include "operations/start_key.h"
#include "sortkey/limits.h"

namespace sortkey::read_items {
namespace {

constexpr int64_t kItemsDefault = 100;
constexpr int64_t kItemsMax = 1000;
constexpr json::Member kMembers[] = {
    {"TableName", &json::kString, kTableName},
    {"IndexName", &json::kString, kIndexName},
    {"Limit", &json::kInteger, {.value_min = 1, .value_max = kItemsMax}},
    {"ExclusiveStartKey", &json::kAttributeMap},
};

Result<Source> source_of(Call& call) {
    SORTKEY_TRY(table, table_for_control(call, call.input.find("TableName")));
    Source source;
    source.table = table;
    if (const json::Node name = call.input.find("IndexName")) {
        source.index = table->find_index(name.text());
        if (!source.index)
            return Error::validation("The table does not have the specified index: " + std::string(name.text()));
    }
    return source;
}

Result<std::string> start_row(Call& call, const Source& source) {
    const json::Node start = call.input.find("ExclusiveStartKey");
    if (!start) return std::string();
    SORTKEY_TRY(encoded, read_start_key(call, start));
    const ItemView key(encoded);
    SORTKEY_CHECK(check_start_key_count(source, key));
    // The older text says what is wrong with the key.
    SORTKEY_CHECK(check_start_key_part(source, key, KeyPart::Hash, Wording::older));
    SORTKEY_CHECK(check_start_key_part(source, key, KeyPart::Range, Wording::older));
    SORTKEY_CHECK(check_start_key_table_part(source, key));
    return start_row_of(source, key);
}

}  // namespace

const json::Shape kInput = json::Shape::structure("ReadItemsInput", kMembers);

Status run(Call& call) {
    SORTKEY_TRY(source, source_of(call));
    SORTKEY_TRY(start, start_row(call, source));
    const json::Node limit = call.input.find("Limit");
    const int64_t most = limit ? json::integer_of(limit) : kItemsDefault;
    ObjectWriter answer(call.out);
    std::string& items = answer.member("Items");
    items += '[';
    int64_t count = 0;
    uint64_t bytes = 0;
    const Record* last = nullptr;
    OrderedMap::Cursor at(source.rows());
    for (at.upper_bound(start); at.valid() && count < most && bytes < limits::kPageBytesMax; at.next()) {
        last = at.record();
        if (++count > 1) items += ',';
        bytes += last->weight();
        json::write_item(items, ItemView(last->value()));
    }
    items += ']';
    if (at.valid()) {
        const std::string key = continuation_key(source, ItemView(last->value()));
        json::write_item(answer.member("LastEvaluatedKey"), ItemView(key));
    }
    answer.close();
    return {};
}

}  // namespace sortkey::read_items
