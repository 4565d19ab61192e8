// One action of TransactWriteItems: read from the request, checked against its table, prepared as a change.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>

#include "operations/common.h"
#include "operations/transaction.h"

namespace sortkey {

extern const json::Shape kTransactWriteItem;

enum class ActionKind : uint8_t { Check, Put, Delete, Update };

/// What must be there before the action; only PartiQL statements ask.
enum class Presence : uint8_t { Any, Absent, Present };

/// Never moved once it was read: its expressions view its context.
struct TransactAction {
    ActionKind kind = ActionKind::Check;
    Presence presence = Presence::Any;
    json::Node node;
    ExpressionContext context;
    std::optional<Condition> condition;
    std::optional<Update> update;
    std::string attributes;        ///< encoded item of a Put, else the key
    std::optional<Error> invalid;  ///< found early, but told as a cancellation reason
    Table* table = nullptr;
    std::string row_key;  ///< empty: the key is invalid
    RecordPtr before;
    std::string after;  ///< encoded item the action leaves; empty: none

    /// The larger of the item's sizes before and after.
    uint32_t size() const;
    /// What it is charged for, with both sizes and the item.
    WriteCharge charge(ChargedFor what) const;
    /// Everything the action asks for in one canonical form, for comparing a replay with its original.
    void append_fingerprint(std::string& out) const;
};

/// Reads expressions and values (spec: expressions.md §9). Errors: those that refuse the whole request.
Status read_action(Call& call, json::Node entry, TransactAction& action);

/// Finds the item's row key. Errors: empty key values, which refuse the whole request; others become `action.invalid`.
Status check_action_keys(TransactAction& action);

/// What can be told without the item: its key and what the update names. Failures become `action.invalid`.
void validate_action(TransactAction& action);

/// Tests the condition and computes what the action leaves; failures go to `reasons`. REQUIRES: the action is valid.
void prepare_action(TransactAction& action, size_t number, CancellationReasons& reasons);

}  // namespace sortkey
