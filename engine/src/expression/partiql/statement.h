// PartiQL: one statement as the trees that conditions, updates and projections evaluate anyway (spec: api.md §5).
//
//   std::vector<ValueView> parameters = …;                 // for the ?s, in order
//   SORTKEY_TRY(statement, partiql::compile("SELECT * FROM \"Music\" WHERE Artist = ?", parameters));
//   statement.table;                                        // "Music"
//   evaluate(statement.where, item);
//
// A statement knows names, not tables: what a key is and whether a table exists is the operations' business. It holds
// views of the text and of the parameters; both must outlive it. Its trees hold positions in the text.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "expression/expression.h"
#include "sortkey/result.h"

namespace sortkey::partiql {

enum class Verb : uint8_t { Select, Insert, Update, Delete, Exists };

enum class Returning : uint8_t { Nothing, AllOld, AllNew, ModifiedOld, ModifiedNew };

struct OrderTerm {
    std::string name;
    bool descending = false;
};

struct Statement {
    Verb verb = Verb::Select;
    std::string table;
    std::string index;         ///< empty: the table itself
    bool whole_items = false;  ///< SELECT *
    Projection columns;        ///< otherwise; labelled
    Condition where;           ///< tree.root == kNoNode: there is no WHERE
    std::vector<OrderTerm> order;
    std::string item;              ///< INSERT: the encoded item
    std::optional<Update> update;  ///< UPDATE
    Returning returning = Returning::Nothing;

    bool reads() const { return verb == Verb::Select; }
    bool has_where() const { return where.tree.root != kNoNode; }
};

/// Parses and checks a statement.
/// Errors: Validation with the texts of spec api.md §5: "Statement wasn't well formed, can't be processed: …", aliases,
/// unknown functions, literals that are no values, operands of wrong type, wrong number of parameters.
Result<Statement> compile(std::string_view text, const std::vector<ValueView>& parameters);

// ---- keys inside WHERE

/// Splits WHERE into equalities on `names` and the rest: `values[i]` is what names[i] must equal, empty when the
/// conjunction does not say; the root becomes the rest (kNoNode: nothing is left).
void take_equalities(Tree& tree, const std::vector<std::string_view>& names, std::vector<ValueView>& values);

/// The values to which WHERE fixes an attribute by = or IN (or by such comparisons joined with OR), each once and in
/// text order. False when it may have others.
bool fixed_values(const Tree& tree, std::string_view name, std::vector<ValueView>& values);

/// The first comparison of the conjunction that limits a sort key. False if there is none.
bool range_term(const Tree& tree, std::string_view name, KeyTerm& term);

}  // namespace sortkey::partiql
