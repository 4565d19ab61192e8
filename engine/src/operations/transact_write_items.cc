// TransactWriteItems: up to 100 actions, all or none (spec: streams-and-recovery.md §9, costs: capacity.md §2).
#include "operations/transact_write_items.h"

#include "operations/several_tables.h"
#include "operations/transact_run.h"
#include "sortkey/limits.h"

namespace sortkey::transact_write_items {
namespace {

constexpr json::Shape kItems = json::Shape::list(kTransactWriteItem, kRequired);

constexpr json::Member kMembers[] = {
    {"ClientRequestToken", &json::kString, {.length_min = 1, .length_max = 36}},
    {"TransactItems", &kItems, {.not_null = true, .length_min = 1, .length_max = limits::kTransactionItemsMax}},
    {"ReturnConsumedCapacity", &json::kString, kReturnConsumedCapacity},
    {"ReturnItemCollectionMetrics", &json::kString, kReturnItemCollectionMetrics},
};

std::string_view table_name_of(const TransactAction& action) { return action.node.find("TableName").text(); }

Status read_actions(Call& call, TransactActions& actions) {
    uint64_t bytes = 0;
    for (const json::Node::Member element : call.input.find("TransactItems").elements()) {
        TransactAction& action = actions.emplace_back();
        SORTKEY_CHECK(read_action(call, element.value, action));
        bytes += ItemView(action.attributes).size() + values_size(action.context.values);
    }
    return check_payload_size(bytes);
}

Status find_items(Call& call, TransactActions& actions, TableList& tables) {
    for (TransactAction& action : actions) {
        SORTKEY_TRY(table, tables.add(call, table_name_of(action)));
        action.table = table;
    }
    ItemsSeen seen;
    for (TransactAction& action : actions) {
        SORTKEY_CHECK(check_action_keys(action));
        if (!action.row_key.empty()) SORTKEY_CHECK(seen.add(*action.table, action.row_key));
    }
    return {};
}

}  // namespace

const json::Shape kInput = json::Shape::structure("TransactWriteItemsInput", kMembers);

Status run(Call& call) {
    TransactActions actions;
    SORTKEY_CHECK(read_actions(call, actions));
    TableList tables;
    SORTKEY_CHECK(find_items(call, actions, tables));

    std::string form;
    for (const TransactAction& action : actions) action.append_fingerprint(form);
    return run_transaction(call, actions, tables, form, false);
}

}  // namespace sortkey::transact_write_items
