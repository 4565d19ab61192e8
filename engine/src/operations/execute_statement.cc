// ExecuteStatement: one PartiQL statement, as the operation it becomes (spec: api.md §5).
#include "operations/execute_statement.h"

#include "json/attribute_value.h"
#include "operations/partiql_select.h"
#include "operations/several_tables.h"

namespace sortkey::execute_statement {
namespace {

constexpr json::Member kMembers[] = {
    {"Statement", &json::kString, kStatementText},
    {"Parameters", &kStatementParameters, kParametersLength},
    {"ConsistentRead", &json::kBoolean},
    {"NextToken", &json::kString, {.length_min = 1, .length_max = 32768}},
    {"ReturnConsumedCapacity", &json::kString, kReturnConsumedCapacity},
    {"Limit", &json::kInteger, {.value_min = 1}},
    {"ReturnValuesOnConditionCheckFailure", &json::kString, kReturnOnFailure},
};

}  // namespace

const json::Shape kInput = json::Shape::structure("ExecuteStatementInput", kMembers);

Status run(Call& call) {
    PartiqlRequest request;
    SORTKEY_CHECK(read_statement(call, call.input, request));
    if (request.statement.reads()) return run_select(call, request);
    if (request.statement.verb == partiql::Verb::Exists)
        return Error::validation("EXISTS() is only supported in ExecuteTransaction");
    SORTKEY_CHECK(check_no_index(request));

    SORTKEY_TRY(table, TableList().add(call, request.statement.table));
    request.table = table;
    SORTKEY_CHECK(find_key(request, kNoMandatoryEquality));
    SORTKEY_CHECK(find_row(request));
    const bool show_item = text_of(call.input.find("ReturnValuesOnConditionCheckFailure")) == "ALL_OLD";
    std::string returned;
    SORTKEY_CHECK(run_write(call, request, ArmKind::Table, show_item, returned));

    ObjectWriter answer(call.out);
    std::string& items = answer.member("Items");
    items += '[';
    if (!returned.empty()) json::write_item(items, ItemView(returned));
    items += ']';
    write_consumed(call, answer, request.statement.table, call.charge(*table));
    answer.close();
    return {};
}

}  // namespace sortkey::execute_statement
