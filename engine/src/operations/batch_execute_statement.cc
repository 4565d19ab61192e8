// BatchExecuteStatement: up to 25 statements on one item each, every one with a result of its own (spec: api.md §5).
#include "operations/batch_execute_statement.h"

#include <algorithm>
#include <deque>

#include "json/attribute_value.h"
#include "operations/partiql_run.h"
#include "operations/several_tables.h"

namespace sortkey::batch_execute_statement {
namespace {

constexpr json::Member kRequestMembers[] = {
    {"Statement", &json::kString, kStatementText},
    {"Parameters", &kStatementParameters, kParametersLength},
    {"ConsistentRead", &json::kBoolean},
    {"ReturnValuesOnConditionCheckFailure", &json::kString, kReturnOnFailure},
};
constexpr json::Shape kRequest = json::Shape::structure("BatchStatementRequest", kRequestMembers);
constexpr json::Shape kRequests = json::Shape::list(kRequest, kRequired);

constexpr json::Member kMembers[] = {
    {"Statements", &kRequests, {.not_null = true, .length_min = 1, .length_max = 25}},
    {"ReturnConsumedCapacity", &json::kString, kReturnConsumedCapacity},
};

struct Slot {
    PartiqlRequest request;
    std::optional<Error> error;  ///< found before anything ran
};

// "ConditionalCheckFailed" for ConditionalCheckFailedException; two have names of their own.
std::string_view code_of(ErrorCode code) {
    if (code == ErrorCode::Validation) return "ValidationError";
    if (code == ErrorCode::Throttling) return "ThrottlingError";
    const std::string_view name = exception_name(code);
    return name.substr(0, name.size() - (name.ends_with("Exception") ? 9 : 0));
}

Status check_one_kind(const std::deque<Slot>& slots) {
    bool reads = false;
    bool writes = false;
    for (const Slot& slot : slots) {
        if (slot.error) continue;
        (slot.request.statement.reads() ? reads : writes) = true;
    }
    if (!reads || !writes) return {};
    return Error::validation("Read and write requests together in the same batch is not supported.");
}

Status find_item(Call& call, TableList& tables, PartiqlRequest& request) {
    constexpr std::string_view kNeedsKey =
        "Select statements within BatchExecuteStatement must specify the primary key in the where clause.";
    const partiql::Statement& statement = request.statement;
    if (statement.verb == partiql::Verb::Exists)
        return Error::validation("EXISTS() is only supported in ExecuteTransaction");
    if (!statement.reads()) SORTKEY_CHECK(check_no_index(request));
    SORTKEY_TRY(table, tables.add(call, statement.table));
    request.table = table;
    if (statement.reads() && !statement.index.empty()) {
        SORTKEY_CHECK(find_select_index(request));
        return Error::validation(std::string(kNeedsKey));
    }
    SORTKEY_CHECK(find_key(request, statement.reads() ? kNeedsKey : kNoMandatoryEquality));
    if (statement.reads() && request.conditional) return Error::validation(std::string(kNeedsKey));
    return find_row(request);
}

Status check_duplicates(const std::deque<Slot>& slots) {
    for (size_t i = 0; i < slots.size(); ++i) {
        if (slots[i].error) continue;
        for (size_t j = 0; j < i; ++j)
            if (!slots[j].error && slots[j].request.table == slots[i].request.table &&
                slots[j].request.row_key == slots[i].request.row_key)
                return Error::validation("Provided list of item keys contains duplicates");
    }
    return {};
}

void write_error(ObjectWriter& response, const Error& error) {
    ObjectWriter object(response.member("Error"));
    object.text("Code", code_of(error.code));
    object.text("Message", error.message);
    object.close();
}

void read_item(Call& call, const PartiqlRequest& request, ObjectWriter& response) {
    const Record* found = request.table->items.peek(request.row_key);
    const bool strong = json::boolean_of(request.node.find("ConsistentRead"));
    call.charge(*request.table).read_item(found, strong ? ReadFactor::Strong : ReadFactor::Eventual);
    if (!found) return;
    call.trace.note(found);
    std::string shown;
    write_selected(request.statement, ItemView(found->value()), shown);
    response.member("Item") += shown;
}

void run_slot(Call& call, Slot& slot, std::string& json) {
    ObjectWriter response(json);
    PartiqlRequest& request = slot.request;
    bool ran = !slot.error;
    if (slot.error) {
        write_error(response, *slot.error);
    } else if (request.statement.reads()) {
        read_item(call, request, response);
    } else {
        std::string returned;
        if (Status written = run_write(call, request, ArmKind::Unnamed, false, returned); !written) {
            write_error(response, written.error());
            ran = written.error().code != ErrorCode::Validation;
        } else if (!returned.empty()) {
            json::write_item(response.member("Item"), ItemView(returned));
        }
    }
    if (ran) response.text("TableName", request.statement.table);
    response.close();
}

}  // namespace

const json::Shape kInput = json::Shape::structure("BatchExecuteStatementInput", kMembers);

Status run(Call& call) {
    std::deque<Slot> slots;
    const auto note = [](Slot& slot, Status status) {
        if (!status) slot.error = std::move(status.error());
    };
    for (const json::Node::Member element : call.input.find("Statements").elements()) {
        Slot& slot = slots.emplace_back();
        note(slot, read_statement(call, element.value, slot.request));
    }
    SORTKEY_CHECK(check_one_kind(slots));
    TableList tables;
    for (Slot& slot : slots)
        if (!slot.error) note(slot, find_item(call, tables, slot.request));
    SORTKEY_CHECK(check_duplicates(slots));

    ObjectWriter answer(call.out);
    std::string& responses = answer.member("Responses");
    responses += '[';
    for (Slot& slot : slots) {
        if (responses.back() != '[') responses += ',';
        run_slot(call, slot, responses);
    }
    responses += ']';
    write_consumed_list(call, answer, tables, false);
    answer.close();
    return {};
}

}  // namespace sortkey::batch_execute_statement
