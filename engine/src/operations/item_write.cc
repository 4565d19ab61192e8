#include "operations/item_write.h"

#include <algorithm>

#include "catalog/memory_limit.h"
#include "json/attribute_value.h"
#include "sortkey/limits.h"

namespace sortkey {

Error condition_failed(const Record* before, bool with_item) {
    Error error = Error::make(ErrorCode::ConditionalCheckFailed, "The conditional request failed");
    if (with_item && before) {
        error.fields = "\"Item\":";
        json::write_item(error.fields, ItemView(before->value()));
    }
    return error;
}

Error duplicate_item() { return Error::make(ErrorCode::DuplicateItem, "Duplicate primary key exists in table"); }

Status check_not_held(const Call& call, const Table& table, std::string_view row_key) {
    if (!call.database.held().holds(table.id, row_key, call.database.world().now_micros)) return {};
    return Error::make(ErrorCode::TransactionConflict, "Transaction is ongoing for the item");
}

Status check_condition(Call& call, const Table& table, const std::optional<Condition>& condition, const Record* before,
                       uint32_t new_bytes) {
    if (!condition) return {};
    const ItemView item = before ? ItemView(before->value()) : ItemView();
    if (evaluate(*condition, item)) return {};
    // A failed condition costs the larger of both sizes, at least one unit (spec: capacity.md §2, model).
    call.charge(table).write_item({ChargedFor::ConditionFailed, before ? before->weight() : 0, new_bytes, before});
    return condition_failed(before, text_of(call.input.find("ReturnValuesOnConditionCheckFailure")) == "ALL_OLD");
}

Status check_item_size(uint32_t bytes, bool update) {
    if (bytes <= limits::kItemBytesMax) return {};
    return Error::validation(update ? "Item size to update has exceeded the maximum allowed size"
                                    : "Item size has exceeded the maximum allowed size");
}

Status check_item_size(const Table& table, ItemView item, bool update) {
    uint32_t bytes = item.size();
    for (const Index& index : table.indexes) {
        if (index.global || index_row_key(index.keys, table.keys, item).empty()) continue;
        const std::string entry = projected_item(index, table.keys, item);
        bytes += ItemView(entry).size();
    }
    return check_item_size(bytes, update);
}

Status write_item_change(Call& call, Table& table, ItemChange change, ObjectWriter& answer) {
    SORTKEY_CHECK(check_memory(call.world(), memory_for(table, change)));
    Consumed& consumed = call.charge(table);
    const RecordPtr before = change.before;
    const Record* after = apply_change(call.database, table, std::move(change), Cause::Request, false, consumed);
    const Record* shown = after ? after : before.get();
    if (shown) call.trace.note(shown);
    write_consumed(call, answer, text_of(call.input.find("TableName")), consumed);
    if (shown) write_collection_metrics(call, answer, table, ItemView(shown->value()));
    return {};
}

void write_attributes(ObjectWriter& answer, std::string_view encoded) {
    json::write_item(answer.member("Attributes"), ItemView(encoded));
}

}  // namespace sortkey
