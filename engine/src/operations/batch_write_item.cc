// BatchWriteItem: up to 25 puts and deletes over several tables, each on its own (spec: api.md §4, order:
// expressions.md §9).
#include "operations/batch_write_item.h"

#include <algorithm>

#include "catalog/memory_limit.h"
#include "json/attribute_value.h"
#include "json/members.h"
#include "operations/item_write.h"
#include "operations/several_tables.h"
#include "sortkey/limits.h"

namespace sortkey::batch_write_item {
namespace {

constexpr json::Member kDeleteMembers[] = {{"Key", &json::kAttributeMap, kRequired}};
constexpr json::Member kPutMembers[] = {{"Item", &json::kAttributeMap, kRequired}};
constexpr json::Shape kDelete = json::Shape::structure("DeleteRequest", kDeleteMembers);
constexpr json::Shape kPut = json::Shape::structure("PutRequest", kPutMembers);
constexpr json::Member kWriteMembers[] = {{"DeleteRequest", &kDelete}, {"PutRequest", &kPut}};
constexpr json::Shape kWrite = json::Shape::structure("WriteRequest", kWriteMembers);
constexpr json::Shape kWrites = json::Shape::list(kWrite);
constexpr json::Shape kRequestItems = json::Shape::map(kWrites, kRequired);

constexpr json::Member kMembers[] = {
    {"ReturnConsumedCapacity", &json::kString, kReturnConsumedCapacity},
    {"ReturnItemCollectionMetrics", &json::kString, kReturnItemCollectionMetrics},
    {"RequestItems",
     &kRequestItems,
     {.not_null = true,
      .table_name_keys = true,
      .element_length_min = 1,
      .element_length_max = limits::kBatchWriteItemsMax}},
};

struct Write {
    std::string_view table_name;
    bool removes = false;
    std::string attributes;  // encoded item, or just the key
    Table* table = nullptr;
    std::string row_key;
};

Result<Write> read_write(Call& call, json::Node request) {
    const json::Node put = request.find("PutRequest");
    Write write;
    write.removes = !put;
    SORTKEY_TRY(attributes, read_attributes(call, put ? put.find("Item") : request.find("DeleteRequest").find("Key")));
    if (put) SORTKEY_CHECK(check_item_size(ItemView(attributes).size(), false));
    write.attributes = std::move(attributes);
    return write;
}

Status read_writes(Call& call, const json::Node::Member& entry, std::vector<Write>& writes) {
    for (const json::Node::Member element : entry.value.elements()) {
        const bool puts = element.value.find("PutRequest") ? true : false;
        const bool deletes = element.value.find("DeleteRequest") ? true : false;
        if (puts == deletes)
            return Error::validation(
                "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported "
                "datatypes");
    }
    for (const json::Node::Member element : entry.value.elements()) {
        SORTKEY_TRY(write, read_write(call, element.value));
        write.table_name = entry.name;
        writes.push_back(std::move(write));
        if (writes.size() > limits::kBatchWriteItemsMax)
            return Error::validation("Too many items requested for the BatchWriteItem call");
    }
    return {};
}

// Unlike PutItem, a batch does not tell a missing key from one of a wrong type.
Status check_keys(Write& write) {
    const KeySchema& schema = write.table->keys;
    const ItemView item(write.attributes);
    if (write.removes) {
        SORTKEY_TRY(row_key, row_key_of_key(schema, item));
        write.row_key = std::move(row_key);
        return {};
    }
    for (size_t i = 0; i < schema.size(); ++i) {
        const ValueView value = item.find(schema.at(i).name);
        if (!value || value.type() != schema.at(i).type)
            return Error::validation("The provided key element does not match the schema");
    }
    SORTKEY_TRY(row_key, row_key_of_item(schema, item));
    write.row_key = std::move(row_key);
    SORTKEY_CHECK(check_index_keys(*write.table, item));
    return check_item_size(*write.table, item, false);
}

Status check_tables_and_keys(Call& call, TableList& tables, std::vector<Write>& writes) {
    for (Write& write : writes) {
        SORTKEY_TRY(table, tables.add(call, write.table_name));
        write.table = table;
    }
    for (size_t i = 0; i < writes.size(); ++i) {
        SORTKEY_CHECK(check_keys(writes[i]));
        for (size_t j = 0; j < i; ++j)
            if (writes[j].table == writes[i].table && writes[j].row_key == writes[i].row_key)
                return Error::validation("Provided list of item keys contains duplicates");
    }
    return {};
}

// What was left undone, in the form of the request, so that it can be sent again. Writes of one table follow each
// other.
class UnprocessedItems {
public:
    void add(const Write& write) {
        if (write.table_name != table_name_) {
            json_ += table_name_.empty() ? "" : "],";
            json::write_string(json_, write.table_name);
            json_ += ":[";
            table_name_ = write.table_name;
        } else {
            json_ += ',';
        }
        ObjectWriter request(json_);
        ObjectWriter inner(request.member(write.removes ? "DeleteRequest" : "PutRequest"));
        json::write_item(inner.member(write.removes ? "Key" : "Item"), ItemView(write.attributes));
        inner.close();
        request.close();
    }
    std::string json() const { return "{" + json_ + (table_name_.empty() ? "}" : "]}"); }

private:
    std::string json_;
    std::string_view table_name_;
};

}  // namespace

const json::Shape kInput = json::Shape::structure("BatchWriteItemInput", kMembers);

Status run(Call& call) {
    const json::Node request_items = call.input.find("RequestItems");
    if (request_items.count() == 0)
        return Error::validation("The requestItems parameter is required for BatchWriteItem");
    std::vector<Write> writes;
    for (const json::Node::Member& entry : json::members_of(request_items))
        SORTKEY_CHECK(read_writes(call, entry, writes));
    TableList tables;
    SORTKEY_CHECK(check_tables_and_keys(call, tables, writes));

    uint64_t memory = 0;
    for (const Write& write : writes)
        if (!write.removes) memory += memory_for(*write.table, write.row_key.size(), write.attributes.size());
    SORTKEY_CHECK(check_memory(call.world(), memory));

    ChangedCollections collections;
    UnprocessedItems unprocessed;
    for (Write& write : writes) {
        if (!check_not_held(call, *write.table, write.row_key)) {
            unprocessed.add(write);
            continue;
        }
        collections.add(call, write.table_name, *write.table, ItemView(write.attributes));
        RecordPtr before = write.table->items.find(write.row_key);
        if (write.removes && before) call.trace.note(before.get());
        ItemChange change{std::move(write.row_key), std::move(before), std::move(write.attributes), write.removes};
        Consumed& consumed = call.charge(*write.table);
        const Record* after =
            apply_change(call.database, *write.table, std::move(change), Cause::Request, false, consumed);
        if (after) call.trace.note(after);
    }

    ObjectWriter answer(call.out);
    answer.member("UnprocessedItems") += unprocessed.json();
    collections.write(answer);
    write_consumed_list(call, answer, tables, false);
    answer.close();
    return {};
}

}  // namespace sortkey::batch_write_item
