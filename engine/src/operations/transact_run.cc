#include "operations/transact_run.h"

#include "catalog/memory_limit.h"
#include "operations/item_write.h"
#include "support/md5.h"

namespace sortkey {
namespace {

using Rereads = std::vector<IdempotencyTokens::Reread>;

std::string_view name_of(const TableList& tables, const TransactAction& action) {
    for (const TableList::Entry& entry : tables.entries())
        if (entry.table == action.table) return entry.name;
    return action.table->name;
}

void prepare(const Call& call, TransactAction& action, size_t number, CancellationReasons& reasons) {
    if (reasons.conflict(call, number, *action.table, action.row_key)) return;
    if (action.presence == Presence::Absent && action.before) return reasons.condition_failed(number, duplicate_item());
    if (action.presence == Presence::Present && !action.before)
        return reasons.condition_failed(number, condition_failed(nullptr, false));
    prepare_action(action, number, reasons);
}

// A replay changes nothing and reads what its original wrote.
Status answer_replay(Call& call, const TableList& tables, const Rereads& rereads, bool responses) {
    for (const IdempotencyTokens::Reread& reread : rereads)
        for (const TableList::Entry& entry : tables.entries())
            if (entry.table->id == reread.table_id)
                call.charge(*entry.table).read_again(reread.bytes, reread.blocks, reread.items);
    ObjectWriter answer(call.out);
    if (responses) answer.member("Responses") += "[]";
    write_consumed_list(call, answer, tables, true);
    answer.close();
    return {};
}

// Preparing costs a plain write per action, even if nothing comes of it (spec: capacity.md §2, model).
Error cancelled(Call& call, const TransactActions& actions, const CancellationReasons& reasons) {
    for (const TransactAction& action : actions)
        if (!action.row_key.empty()) call.charge(*action.table).write_item(action.charge(ChargedFor::Cancelled));
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
        const ChargedFor what = action.before ? ChargedFor::ItemChecked : ChargedFor::AbsentItem;
        call.charge(*action.table).write_item(action.charge(what), true);
        if (action.before) call.trace.note(action.before.get());
        return;
    }
    const bool removes = action.after.empty();
    if (removes && action.before) call.trace.note(action.before.get());
    ItemChange change{action.row_key, action.before, std::move(action.after), removes};
    Consumed& consumed = call.charge(*action.table);
    const Record* after =
        apply_change(call.database, *action.table, std::move(change), Cause::Transaction, true, consumed);
    if (after) call.trace.note(after);
}

}  // namespace

Status run_transaction(Call& call, TransactActions& actions, const TableList& tables, std::string_view form,
                       bool responses) {
    const json::Node token = call.input.find("ClientRequestToken");
    IdempotencyTokens& tokens = call.database.tokens();
    const int64_t now = call.world().now_micros;
    std::string fingerprint;
    if (token) {
        const auto digest = md5(form);
        fingerprint = hex(digest.data(), digest.size());
        if (const IdempotencyTokens::Use* use = tokens.find(call.operation, token.text(), now)) {
            if (use->fingerprint == fingerprint) return answer_replay(call, tables, use->rereads, responses);
            return Error::make(ErrorCode::IdempotentParameterMismatch,
                               "The request uses a client token that was already used with other parameters");
        }
    }

    CancellationReasons reasons(actions.size());
    // All are validated before any is looked up: a reason of the one kind leaves none of the other.
    for (size_t i = 0; i < actions.size(); ++i) {
        validate_action(actions[i]);
        if (actions[i].invalid) reasons.invalid(i, *actions[i].invalid);
    }
    const bool valid = reasons.empty();
    for (size_t i = 0; valid && i < actions.size(); ++i) prepare(call, actions[i], i, reasons);
    if (!reasons.empty()) return cancelled(call, actions, reasons);
    uint64_t memory = kMemoryForDefinition;  // of the token
    bool adds = false;
    for (const TransactAction& action : actions) {
        if (action.kind == ActionKind::Check || action.after.empty()) continue;
        adds = true;
        memory += memory_for(*action.table, action.row_key.size(), action.after.size());
    }
    if (adds) SORTKEY_CHECK(check_memory(call.world(), memory));

    Rereads rereads;
    ChangedCollections collections;
    for (TransactAction& action : actions) {
        add_reread(rereads, action);
        if (action.kind != ActionKind::Check)
            collections.add(call, name_of(tables, action), *action.table, ItemView(action.attributes));
        apply_action(call, action);
        call.database.held().hold(action.table->id, action.row_key, now,
                                  now + call.world().settings.transaction_micros);
    }
    if (token)
        tokens.remember(call.operation, token.text(),
                        {std::move(fingerprint), now + IdempotencyTokens::kLifetimeMicros, std::move(rereads)}, now);

    ObjectWriter answer(call.out);
    if (responses) answer.member("Responses") += "[]";
    write_consumed_list(call, answer, tables, true);
    collections.write(answer);
    answer.close();
    return {};
}

}  // namespace sortkey
