// What ExecuteStatement, BatchExecuteStatement and ExecuteTransaction share: reading a statement with its parameters,
// finding its table and its one item, and running a write (spec: api.md §5).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "expression/partiql/statement.h"
#include "operations/common.h"

namespace sortkey {

inline constexpr json::Constraint kStatementText{.not_null = true, .length_min = 1, .length_max = 8192};
inline constexpr json::Shape kStatementParameters = json::Shape::list(json::kAttributeValue);
inline constexpr json::Constraint kParametersLength{.length_min = 1};

/// One statement of a request. Never moved: its trees view its values.
struct PartiqlRequest {
    json::Node node;     ///< {Statement, Parameters, …}
    std::string values;  ///< encoded parameters, back to back
    partiql::Statement statement;
    Table* table = nullptr;
    std::string key;  ///< encoded item: the key that WHERE names, or the whole item of an INSERT
    std::string row_key;
    bool conditional = false;  ///< WHERE asks for more than the key

    /// Statement text and parameters, for telling requests apart.
    std::string fingerprint() const;
};

/// Reads parameters and compiles the statement. Errors: Validation; tables are not looked at.
Status read_statement(Call& call, json::Node node, PartiqlRequest& request);

/// Finds the key of a statement on one item: INSERT's item, or the equalities of WHERE, which then keeps the rest.
/// `missing`: the error's text when WHERE does not name the whole key. REQUIRES: request.table.
Status find_key(PartiqlRequest& request, std::string_view missing);

/// The row key of what find_key() found. Errors: as PutItem for INSERT, else as any operation with a Key.
Status find_row(PartiqlRequest& request);

inline constexpr std::string_view kNoMandatoryEquality =
    "Where clause does not contain a mandatory equality on all key attributes";

/// The index a SELECT names. Errors: no such index, an index with several key attributes of one kind.
Result<const Index*> find_select_index(const PartiqlRequest& request);

/// Errors: "This operation is not supported on an index". REQUIRES: the statement writes.
Status check_no_index(const PartiqlRequest& request);

/// Runs INSERT, UPDATE or DELETE on the row found. `failure_arm`: what a failed condition is charged to.
/// `returned`: encoded item of the RETURNING clause, empty if there is nothing to show.
/// Errors: DuplicateItem, ConditionalCheckFailed (with the item if `show_item`), those of updates.
Status run_write(Call& call, PartiqlRequest& request, ArmKind failure_arm, bool show_item, std::string& returned);

/// Appends `{"a":…}` of an item as a SELECT shows it; false when the columns match nothing of it.
bool write_selected(const partiql::Statement& statement, ItemView item, std::string& json);

}  // namespace sortkey
