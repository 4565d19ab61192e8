// TransactGetItems: a consistent view of up to 100 items (spec: api.md §4, streams-and-recovery.md §9).
#include "operations/transact_get_items.h"

#include <deque>

#include "json/attribute_value.h"
#include "operations/several_tables.h"
#include "operations/transaction.h"
#include "sortkey/limits.h"

namespace sortkey::transact_get_items {
namespace {

constexpr json::Member kGetMembers[] = {
    {"Key", &json::kAttributeMap, kRequired},
    {"TableName", &json::kString, kTableName},
    {"ProjectionExpression", &json::kString},
    {"ExpressionAttributeNames", &json::kStringMap},
};
constexpr json::Shape kGet = json::Shape::structure("Get", kGetMembers);
constexpr json::Member kItemMembers[] = {{"Get", &kGet, kRequired}};
constexpr json::Shape kItem = json::Shape::structure("TransactGetItem", kItemMembers);
constexpr json::Shape kItems = json::Shape::list(kItem, kRequired);

constexpr json::Member kMembers[] = {
    {"TransactItems", &kItems, {.not_null = true, .length_min = 1, .length_max = limits::kTransactionItemsMax}},
    {"ReturnConsumedCapacity", &json::kString, kReturnConsumedCapacity},
};

// Never moved: expressions view the context.
struct Get {
    ExpressionContext context;
    std::optional<Projection> projection;
    std::string key;
    Table* table = nullptr;
    std::string row_key;
    const Record* found = nullptr;
};

Status read_get(Call& call, json::Node node, Get& get) {
    SORTKEY_CHECK(check_expression_parameters(call, node, {"ProjectionExpression"}, {}));
    SORTKEY_CHECK(load_placeholders(call, node, get.context, ValuesRead::Ignored));
    SORTKEY_TRY(projection, load_projection(node, get.context));
    get.projection = std::move(projection);
    SORTKEY_TRY(key, read_attributes(call, node.find("Key")));
    get.key = std::move(key);
    SORTKEY_CHECK(check_key_not_empty(ItemView(get.key)));
    return check_unused(get.context);
}

// `{"Item":{…}}`; an absent item and a projection that shows nothing of it are `{}`.
void append_response(Call& call, const Get& get, std::string& json) {
    ObjectWriter response(json);
    if (get.found) {
        call.trace.note(get.found);
        std::string projected;
        if (!get.projection) {
            json::write_item(response.member("Item"), ItemView(get.found->value()));
        } else if (project(*get.projection, ItemView(get.found->value()), projected)) {
            json::write_item(response.member("Item"), ItemView(projected));
        }
    }
    response.close();
}

}  // namespace

const json::Shape kInput = json::Shape::structure("TransactGetItemsInput", kMembers);

Status run(Call& call) {
    const json::Node items = call.input.find("TransactItems");
    std::deque<Get> gets;
    for (const json::Node::Member element : items.elements())
        SORTKEY_CHECK(read_get(call, element.value.find("Get"), gets.emplace_back()));

    TableList tables;
    size_t i = 0;
    for (const json::Node::Member element : items.elements()) {
        SORTKEY_TRY(table, tables.add(call, text_of(element.value.find("Get").find("TableName"))));
        gets[i++].table = table;
    }
    ItemsSeen seen;
    CancellationReasons reasons(gets.size());
    uint64_t bytes = 0;
    for (i = 0; i < gets.size(); ++i) {
        auto row_key = row_key_of_key(gets[i].table->keys, ItemView(gets[i].key));
        if (!row_key) {
            reasons.invalid(i, std::move(row_key.error()));
            continue;
        }
        SORTKEY_CHECK(seen.add(*gets[i].table, *row_key));
        gets[i].row_key = std::move(*row_key);
    }
    if (!reasons.empty()) return reasons.error();
    for (i = 0; i < gets.size(); ++i) {
        reasons.conflict(call, i, *gets[i].table, gets[i].row_key);
        gets[i].found = gets[i].table->items.peek(gets[i].row_key);
        if (gets[i].found) bytes += ItemView(gets[i].found->value()).size();
    }
    if (!reasons.empty()) return reasons.error();
    SORTKEY_CHECK(check_read_size(bytes));

    ObjectWriter answer(call.out);
    std::string& responses = answer.member("Responses");
    responses += '[';
    for (const Get& get : gets) {
        call.charge(*get.table).read_item(get.found, ReadFactor::Transactional);
        if (responses.back() != '[') responses += ',';
        append_response(call, get, responses);
    }
    responses += ']';
    write_consumed_list(call, answer, tables, true);
    answer.close();
    return {};
}

}  // namespace sortkey::transact_get_items
