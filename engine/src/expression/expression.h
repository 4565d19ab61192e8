// The expressions' public face for the operations above: compile text, then evaluate against items.
//
//   Placeholders placeholders;
//   placeholders.add_value(":y", year);
//   SORTKEY_TRY(condition, compile_condition(Kind::Condition, "attribute_exists(pk) AND Published < :y", placeholders));
//   SORTKEY_CHECK(placeholders.check_unused());
//   if (!evaluate(condition, item)) …
//
// Compiled expressions hold views of the text and of the placeholders' values; both must outlive them.
// Every error of compiling is a Validation error with the service's text and a position inside the expression.
// Order of error families: spec, expressions §4 and §6.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "expression/ast.h"
#include "expression/placeholders.h"
#include "model/key.h"
#include "model/value.h"
#include "model/wording.h"
#include "sortkey/result.h"

namespace sortkey {

/// Gives error texts their "Invalid <Kind>Expression: " and positions their parameter name.
enum class Kind : uint8_t { Condition, Filter, KeyCondition, Projection, Update };

/// "ConditionExpression", "FilterExpression", …
std::string_view parameter_name(Kind kind);

// ---- conditions and filters -----------------------------------------------------------------------------------------

/// Its paths (for key and index checks): for_each_path(condition.tree, …).
struct Condition {
    Tree tree;  ///< tree.root is the condition
};

/// Compiles a ConditionExpression, FilterExpression or KeyConditionExpression (of which extract_key_condition then
/// takes the terms; the service does that after all other expressions of the request have been compiled).
Result<Condition> compile_condition(Kind kind, std::string_view text, Placeholders& placeholders);

/// Whether the condition holds for the item; an empty view is an absent item.
bool evaluate(const Condition& condition, ItemView item);

// ---- key conditions -------------------------------------------------------------------------------------------------

enum class KeyComparator : uint8_t { Equal, Less, LessEqual, Greater, GreaterEqual, Between, BeginsWith };

/// One comparison of a key condition, key on the left. Views; `upper` only for Between.
struct KeyTerm {
    std::string_view attribute;
    KeyComparator comparator = KeyComparator::Equal;
    ValueView lower;  ///< empty: a legacy operator that no key can serve (NE, IN, NULL, …)
    ValueView upper;
    Span span;
};

/// Legacy KeyConditions fill this directly.
struct KeyCondition {
    std::vector<KeyTerm> terms;
    std::vector<std::string> owned;  ///< values of legacy terms
};

/// Turns a condition compiled with Kind::KeyCondition into terms; needs no schema. The condition must outlive the
/// result. Errors: "Invalid operator used in KeyConditionExpression: OR" and the other shape errors (spec: expressions
/// §5).
Result<KeyCondition> extract_key_condition(const Condition& condition, Wording wording);

/// What to read: equal hash values in schema order, equal leading range values, then at most one range comparison.
struct KeyPlan {
    std::vector<ValueView> hash;
    std::vector<ValueView> range;  ///< equality prefix, in schema order
    bool has_last = false;         ///< a comparison other than = on the range attribute after that prefix
    KeyComparator last = KeyComparator::Equal;
    ValueView lower;
    ValueView upper;  ///< Between only
    /// Every key attribute is pinned: at most one row of a table can match.
    bool pins_row(const KeySchema& schema) const { return range.size() == schema.range.size(); }
};

/// Checks the terms against the key schema of a table or index.
/// Errors: counts, missed key elements, types, multi-attribute rules (spec: expressions §5, data-model §5 for empty
/// values).
Result<KeyPlan> bind_key_condition(const KeyCondition& condition, const KeySchema& schema, Wording wording);

/// Whether one range value satisfies a comparison (start keys: "does not match the range key predicate").
bool matches(KeyComparator comparator, ValueView value, ValueView lower, ValueView upper);

// ---- projections ----------------------------------------------------------------------------------------------------

struct Projection {
    Tree tree;
    std::vector<NodeId> paths;   ///< in text order
    std::vector<NodeId> sorted;  ///< the same by path, for one walk over an item
    /// PartiQL's columns: the name of each of `sorted` in the result, which has no nesting of its own; sorted.
    std::vector<std::string> labels = {};
};

Result<Projection> compile_projection(std::string_view text, Placeholders& placeholders);

/// From AttributesToGet; the names must outlive the result.
/// Errors: P `Duplicate value in attribute name: a`.
Result<Projection> projection_of_names(std::span<const std::string_view> names);

/// Appends the encoded item that holds the projected parts; `item` may be empty (the result then has no attributes).
/// Returns whether anything matched.
bool project(const Projection& projection, ItemView item, std::string& encoded_item_out);

// ---- updates --------------------------------------------------------------------------------------------------------

enum class Section : uint8_t { Set, Remove, Add, Delete };

struct UpdateAction {
    Section section = Section::Set;
    NodeId path = kNoNode;
    NodeId operand = kNoNode;  ///< Set, Add, Delete
};

/// Legacy AttributeUpdates fill tree and actions, set `legacy` and call prepare_update().
struct Update {
    Tree tree;
    std::vector<UpdateAction> actions;  ///< in text order
    std::vector<uint32_t> sorted;       ///< the actions' numbers by path
    bool legacy = false;                ///< ADD appends lists; type errors read "Type mismatch for attribute to update"

    PathView path(const UpdateAction& action) const { return tree.path(action.path); }
};

Result<Update> compile_update(std::string_view text, Placeholders& placeholders);

/// Sorts the actions of an update built by hand. REQUIRES: no two paths overlap.
void prepare_update(Update& update);

/// Whether applying it to an absent item creates that item: false when it only removes or deletes.
bool creates_item(const Update& update);

/// Type an action will write if that is known from the text alone (constants, + and -, list_append, if_not_exists with
/// a constant); returns false when only the item can tell. For the index-key check before anything is read.
bool static_type(const Update& update, const UpdateAction& action, Type& out);

/// The encoded item after the update. `before` is the stored item, or an item of just the key when there is none
/// (and creates_item()); right-hand sides see it. An absent item with an update that does not create: do not call.
/// Errors: invalid path, missing operand, wrong type, number overflow — all without prefix (spec: expressions §6).
Result<std::string> apply_update(const Update& update, ItemView before);

/// The parts an update touches, for UPDATED_OLD (of the old item) and UPDATED_NEW (of the new one), appended as an
/// encoded item. Returns false when there is nothing to show (then the answer has no `Attributes`).
bool updated_fragment(const Update& update, ItemView item, std::string& encoded_item_out);

}  // namespace sortkey
