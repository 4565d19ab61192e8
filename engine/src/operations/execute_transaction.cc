// ExecuteTransaction: up to 100 statements on one item each, all or none (spec: api.md §5).
#include "operations/execute_transaction.h"

#include <deque>

#include "operations/item_write.h"
#include "operations/partiql_run.h"
#include "operations/transact_run.h"
#include "sortkey/limits.h"

namespace sortkey::execute_transaction {
namespace {

using partiql::Verb;

constexpr json::Member kStatementMembers[] = {
    {"Statement", &json::kString, kStatementText},
    {"Parameters", &kStatementParameters, kParametersLength},
    {"ReturnValuesOnConditionCheckFailure", &json::kString, kReturnOnFailure},
};
constexpr json::Shape kStatement = json::Shape::structure("ParameterizedStatement", kStatementMembers);
constexpr json::Shape kStatements = json::Shape::list(kStatement, kRequired);

constexpr json::Member kMembers[] = {
    {"TransactStatements",
     &kStatements,
     {.not_null = true, .length_min = 1, .length_max = limits::kTransactionItemsMax}},
    {"ClientRequestToken", &json::kString, {.length_min = 1, .length_max = 36}},
    {"ReturnConsumedCapacity", &json::kString, kReturnConsumedCapacity},
};

using Requests = std::deque<PartiqlRequest>;

// Problems of one statement name it.
Error in_statement(size_t number, Error error) {
    if (error.code == ErrorCode::Validation)
        error.message.insert(0, "Validation failed in TransactStatements[" + std::to_string(number) + "]: ");
    return error;
}

Status check_statement(const PartiqlRequest& request) {
    const partiql::Statement& statement = request.statement;
    if (statement.returning != partiql::Returning::Nothing)
        return Error::validation("RETURNING clause is not supported in ExecuteTransaction.");
    if (statement.index.empty()) return {};
    if (statement.reads() || statement.verb == Verb::Exists)
        return Error::validation("Reads on indices are not supported within transactions.");
    return check_no_index(request);
}

Status check_one_kind(const Requests& requests) {
    bool reads = false;
    bool writes = false;
    for (const PartiqlRequest& request : requests) (request.statement.reads() ? reads : writes) = true;
    if (!reads || !writes) return {};
    return Error::validation(
        "ExecuteTransaction API does not support both read and write operations in the same request.");
}

Status find_transaction_key(PartiqlRequest& request) {
    constexpr std::string_view kNeedsKey =
        "Select statements within ExecuteTransaction must specify the primary key in the where clause.";
    constexpr std::string_view kNeedsCondition = "EXISTS() must contain a single item read with additional condition";
    const bool exists = request.statement.verb == Verb::Exists;
    const std::string_view missing = exists                      ? kNeedsCondition
                                     : request.statement.reads() ? kNeedsKey
                                                                 : kNoMandatoryEquality;
    SORTKEY_CHECK(find_key(request, missing));
    if (exists ? request.conditional : !request.statement.reads() || !request.conditional) return {};
    return Error::validation(std::string(missing));
}

Status run_reads(Call& call, Requests& requests, const TableList& tables) {
    ItemsSeen seen;
    CancellationReasons reasons(requests.size());
    std::vector<const Record*> found(requests.size());
    uint64_t bytes = 0;
    for (size_t i = 0; i < requests.size(); ++i) {
        if (Status row = find_row(requests[i]); !row) {
            reasons.invalid(i, std::move(row.error()));
            continue;
        }
        SORTKEY_CHECK(seen.add(*requests[i].table, requests[i].row_key));
    }
    if (!reasons.empty()) return reasons.error();
    for (size_t i = 0; i < requests.size(); ++i) {
        reasons.conflict(call, i, *requests[i].table, requests[i].row_key);
        found[i] = requests[i].table->items.peek(requests[i].row_key);
        if (found[i]) bytes += ItemView(found[i]->value()).size();
    }
    if (!reasons.empty()) return reasons.error();
    SORTKEY_CHECK(check_read_size(bytes));

    ObjectWriter answer(call.out);
    std::string& responses = answer.member("Responses");
    responses += '[';
    for (size_t i = 0; i < requests.size(); ++i) {
        const ItemView item(found[i] ? found[i]->value() : std::string_view());
        call.charge(*requests[i].table).read_item(found[i], ReadFactor::Transactional);
        if (i > 0) responses += ',';
        ObjectWriter response(responses);
        std::string shown;
        if (found[i]) call.trace.note(found[i]);
        if (found[i] && write_selected(requests[i].statement, item, shown)) response.member("Item") += shown;
        response.close();
    }
    responses += ']';
    write_consumed_list(call, answer, tables, true);
    answer.close();
    return {};
}

// The same action as TransactWriteItems would read it.
Status make_action(PartiqlRequest& request, TransactAction& action) {
    static constexpr ActionKind kKinds[] = {ActionKind::Check, ActionKind::Put, ActionKind::Update, ActionKind::Delete,
                                            ActionKind::Check};
    const Verb verb = request.statement.verb;
    action.kind = kKinds[static_cast<size_t>(verb)];
    action.node = request.node;
    action.table = request.table;
    action.attributes = request.key;
    if (verb == Verb::Insert) {
        action.presence = Presence::Absent;
        SORTKEY_CHECK(check_item_size(ItemView(request.key).size(), false));
    }
    if (verb == Verb::Update) action.presence = Presence::Present;
    action.update = std::move(request.statement.update);
    SORTKEY_CHECK(check_action_keys(action));
    // A DELETE of nothing succeeds whatever it asks for.
    const bool conditional = request.conditional && (verb != Verb::Delete || action.before);
    if (conditional) action.condition = std::move(request.statement.where);
    return {};
}

Status run_writes(Call& call, Requests& requests, const TableList& tables) {
    uint64_t payload = 0;
    for (const PartiqlRequest& request : requests)
        payload += request.node.find("Statement").text().size() + values_size(request.values);
    SORTKEY_CHECK(check_payload_size(payload));
    TransactActions actions;
    ItemsSeen seen;
    std::string form;
    for (PartiqlRequest& request : requests) {
        TransactAction& action = actions.emplace_back();
        SORTKEY_CHECK(make_action(request, action));
        if (!action.row_key.empty()) SORTKEY_CHECK(seen.add(*action.table, action.row_key));
        const std::string part = request.fingerprint();
        append_varint(form, part.size());
        form += part;
        form += text_of(request.node.find("ReturnValuesOnConditionCheckFailure"));
    }
    return run_transaction(call, actions, tables, form, true);
}

}  // namespace

const json::Shape kInput = json::Shape::structure("ExecuteTransactionInput", kMembers);

Status run(Call& call) {
    Requests requests;
    for (const json::Node::Member element : call.input.find("TransactStatements").elements()) {
        PartiqlRequest& request = requests.emplace_back();
        if (Status read = read_statement(call, element.value, request); !read)
            return in_statement(requests.size() - 1, std::move(read.error()));
        if (Status fits = check_statement(request); !fits)
            return in_statement(requests.size() - 1, std::move(fits.error()));
    }
    SORTKEY_CHECK(check_one_kind(requests));
    TableList tables;
    for (PartiqlRequest& request : requests) {
        SORTKEY_TRY(table, tables.add(call, request.statement.table));
        request.table = table;
    }
    for (size_t i = 0; i < requests.size(); ++i)
        if (Status key = find_transaction_key(requests[i]); !key) return in_statement(i, std::move(key.error()));
    return requests[0].statement.reads() ? run_reads(call, requests, tables) : run_writes(call, requests, tables);
}

}  // namespace sortkey::execute_transaction
