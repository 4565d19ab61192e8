// TransactWriteItems: up to 100 actions, all or none (spec: streams-and-recovery.md §9, costs: capacity.md §2).
#include "operations/transact_write_items.h"

#include <deque>

#include "operations/several_tables.h"
#include "operations/transact_action.h"
#include "sortkey/limits.h"
#include "support/md5.h"

namespace sortkey::transact_write_items {
namespace {

constexpr json::Shape kItems = json::Shape::list(kTransactWriteItem, kRequired);

constexpr json::Member kMembers[] = {
    {"ClientRequestToken", &json::kString, {.length_min = 1, .length_max = 36}},
    {"TransactItems", &kItems, {.not_null = true, .length_min = 1, .length_max = limits::kTransactionItemsMax}},
    {"ReturnConsumedCapacity", &json::kString, kReturnConsumedCapacity},
    {"ReturnItemCollectionMetrics", &json::kString, kReturnItemCollectionMetrics},
};

using Actions = std::deque<TransactAction>;
using Rereads = std::vector<IdempotencyTokens::Reread>;

std::string_view table_name_of(const TransactAction& action) { return action.node.find("TableName").text(); }

Status read_actions(Call& call, Actions& actions) {
    uint64_t bytes = 0;
    for (const json::Node::Member element : call.input.find("TransactItems").elements()) {
        TransactAction& action = actions.emplace_back();
        SORTKEY_CHECK(read_action(call, element.value, action));
        bytes += ItemView(action.attributes).size();
    }
    return check_transaction_size(bytes);
}

Status find_items(Call& call, Actions& actions, TableList& tables) {
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

std::string fingerprint_of(const Actions& actions) {
    std::string form;
    for (const TransactAction& action : actions) action.append_fingerprint(form);
    const auto digest = md5(form);
    return hex(digest.data(), digest.size());
}

// A replay changes nothing and reads what its original wrote.
Status answer_replay(Call& call, const TableList& tables, const Rereads& rereads) {
    for (const IdempotencyTokens::Reread& reread : rereads)
        for (const TableList::Entry& entry : tables.entries())
            if (entry.table->id == reread.table_id)
                call.charge(*entry.table)
                    .add({ArmKind::Table, false, static_cast<uint8_t>(ReadFactor::Transactional), {}, reread.bytes,
                          reread.blocks, reread.items});
    ObjectWriter answer(call.out);
    write_consumed_list(call, answer, tables, true);
    answer.close();
    return {};
}

// Preparing costs a plain write per action, even if nothing comes of it (spec: capacity.md §2, model).
Error cancelled(Call& call, const Actions& actions, const CancellationReasons& reasons) {
    for (const TransactAction& action : actions)
        if (!action.row_key.empty()) call.charge(*action.table).write(ArmKind::Table, {}, action.size());
    return reasons.error();
}

void add_reread(Rereads& rereads, const TransactAction& action) {
    const uint32_t bytes = action.size();
    const uint64_t blocks = blocks_of(bytes, kReadBlockBytes);
    for (IdempotencyTokens::Reread& known : rereads) {
        if (known.table_id != action.table->id) continue;
        known.bytes += bytes;
        known.blocks += blocks;
        ++known.items;
        return;
    }
    rereads.push_back({action.table->id, bytes, blocks, 1});
}

void apply_action(Call& call, TransactAction& action) {
    if (action.kind == ActionKind::Check) {
        call.charge(*action.table).write(ArmKind::Table, {}, action.size(), true);
        if (action.before) call.trace.note(action.before.get());
        return;
    }
    const bool removes = action.after.empty();
    if (removes && action.before) call.trace.note(action.before.get());
    ItemChange change{action.row_key, action.before, std::move(action.after), removes};
    apply_change(call.database, *action.table, std::move(change), Cause::Transaction, true, call.charge(*action.table));
    if (!removes) call.trace.note(action.table->items.peek(action.row_key));
}

}  // namespace

const json::Shape kInput = json::Shape::structure("TransactWriteItemsInput", kMembers);

Status run(Call& call) {
    Actions actions;
    SORTKEY_CHECK(read_actions(call, actions));
    TableList tables;
    SORTKEY_CHECK(find_items(call, actions, tables));

    const json::Node token = call.input.find("ClientRequestToken");
    IdempotencyTokens& tokens = call.database.tokens();
    const int64_t now = call.world().now_micros;
    std::string fingerprint;
    if (token) {
        fingerprint = fingerprint_of(actions);
        if (const IdempotencyTokens::Use* use = tokens.find(call.operation, token.text(), now)) {
            if (use->fingerprint == fingerprint) return answer_replay(call, tables, use->rereads);
            return Error::make(ErrorCode::IdempotentParameterMismatch,
                               "The request uses a client token that was already used with other parameters");
        }
    }

    CancellationReasons reasons(actions.size());
    for (size_t i = 0; i < actions.size(); ++i) prepare_action(actions[i], i, reasons);
    if (!reasons.empty()) return cancelled(call, actions, reasons);
    uint64_t bytes = 0;
    for (const TransactAction& action : actions) bytes += action.size();
    SORTKEY_CHECK(check_transaction_size(bytes));

    Rereads rereads;
    ChangedCollections collections;
    for (TransactAction& action : actions) {
        add_reread(rereads, action);
        if (action.kind != ActionKind::Check)
            collections.add(call, table_name_of(action), *action.table, ItemView(action.attributes));
        apply_action(call, action);
    }
    if (token)
        tokens.remember(call.operation, token.text(),
                        {std::move(fingerprint), now + IdempotencyTokens::kLifetimeMicros, std::move(rereads)}, now);

    ObjectWriter answer(call.out);
    write_consumed_list(call, answer, tables, true);
    collections.write(answer);
    answer.close();
    return {};
}

}  // namespace sortkey::transact_write_items
