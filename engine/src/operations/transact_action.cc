#include "operations/transact_action.h"

#include <algorithm>

#include "json/attribute_value.h"
#include "json/members.h"
#include "operations/item_write.h"
#include "operations/update_rules.h"

namespace sortkey {
namespace {

constexpr json::Member kCheckMembers[] = {
    {"Key", &json::kAttributeMap, kRequired},
    {"TableName", &json::kString, kTableName},
    {"ConditionExpression", &json::kString, kRequired},
    {"ExpressionAttributeNames", &json::kStringMap},
    {"ExpressionAttributeValues", &json::kAttributeMap},
    {"ReturnValuesOnConditionCheckFailure", &json::kString, kReturnOnFailure},
};
constexpr json::Member kPutMembers[] = {
    {"Item", &json::kAttributeMap, kRequired},
    {"TableName", &json::kString, kTableName},
    {"ConditionExpression", &json::kString},
    {"ExpressionAttributeNames", &json::kStringMap},
    {"ExpressionAttributeValues", &json::kAttributeMap},
    {"ReturnValuesOnConditionCheckFailure", &json::kString, kReturnOnFailure},
};
constexpr json::Member kDeleteMembers[] = {
    {"Key", &json::kAttributeMap, kRequired},
    {"TableName", &json::kString, kTableName},
    {"ConditionExpression", &json::kString},
    {"ExpressionAttributeNames", &json::kStringMap},
    {"ExpressionAttributeValues", &json::kAttributeMap},
    {"ReturnValuesOnConditionCheckFailure", &json::kString, kReturnOnFailure},
};
constexpr json::Member kUpdateMembers[] = {
    {"Key", &json::kAttributeMap, kRequired},
    {"UpdateExpression", &json::kString, kRequired},
    {"TableName", &json::kString, kTableName},
    {"ConditionExpression", &json::kString},
    {"ExpressionAttributeNames", &json::kStringMap},
    {"ExpressionAttributeValues", &json::kAttributeMap},
    {"ReturnValuesOnConditionCheckFailure", &json::kString, kReturnOnFailure},
};
constexpr json::Shape kCheck = json::Shape::structure("ConditionCheck", kCheckMembers);
constexpr json::Shape kPut = json::Shape::structure("Put", kPutMembers);
constexpr json::Shape kDelete = json::Shape::structure("Delete", kDeleteMembers);
constexpr json::Shape kUpdate = json::Shape::structure("Update", kUpdateMembers);
constexpr json::Member kActionMembers[] = {
    {"ConditionCheck", &kCheck},
    {"Put", &kPut},
    {"Delete", &kDelete},
    {"Update", &kUpdate},
};

Status pick_kind(json::Node entry, TransactAction& action) {
    size_t given = 0;
    for (size_t i = 0; i < std::size(kActionMembers); ++i) {
        const json::Node node = entry.find(kActionMembers[i].name);
        if (!node) continue;
        ++given;
        action.kind = static_cast<ActionKind>(i);
        action.node = node;
    }
    if (given == 1) return {};
    return Error::validation("TransactItems can only contain one of Check, Put, Update or Delete");
}

Status read_expressions(Call& call, TransactAction& action) {
    SORTKEY_CHECK(action.kind == ActionKind::Update
                      ? check_expression_parameters(call, action.node, {"UpdateExpression", "ConditionExpression"}, {})
                      : check_expression_parameters(call, action.node, {"ConditionExpression"}, {}));
    // Values of an update are measured in the item that they make, once its condition holds.
    const ValuesRead read = action.kind == ActionKind::Update ? ValuesRead::AnyDepth : ValuesRead::Checked;
    SORTKEY_CHECK(load_placeholders(call, action.node, action.context, read));
    if (action.kind == ActionKind::Update) {
        SORTKEY_TRY(update, compile_update(action.node.find("UpdateExpression").text(), action.context.placeholders));
        action.update = std::move(update);
    }
    SORTKEY_TRY(condition, load_condition(action.node, "ConditionExpression", Kind::Condition, action.context));
    action.condition = std::move(condition);
    return {};
}

// Empty key values are refused before a transaction starts, all else about keys cancels it.
bool refuses_request(const Error& error) {
    return error.message.starts_with("One or more parameter values are not valid.");
}

Result<std::string> checked_row_key(const TransactAction& action) {
    const ItemView attributes(action.attributes);
    if (action.kind != ActionKind::Put) return row_key_of_key(action.table->keys, attributes);
    SORTKEY_TRY(row_key, row_key_of_item(action.table->keys, attributes));
    SORTKEY_CHECK(check_index_keys(*action.table, attributes));
    SORTKEY_CHECK(check_item_size(*action.table, attributes, false));
    return row_key;
}

Result<std::string> item_after(const TransactAction& action) {
    switch (action.kind) {
        case ActionKind::Delete:
            return std::string();
        case ActionKind::Put:
            return action.attributes;
        case ActionKind::Check:
            return std::string(action.before ? action.before->value() : std::string_view());
        case ActionKind::Update:
            break;
    }
    if (!action.before && !creates_item(*action.update)) return std::string();
    return updated_item(*action.table, action.update, action.before ? action.before->value() : action.attributes);
}

void append_part(std::string& out, std::string_view part) {
    append_varint(out, part.size());
    out += part;
}

void append_text(std::string& out, json::Node node) { append_part(out, text_of(node)); }

void append_sorted(std::string& out, std::vector<std::string> parts) {
    std::sort(parts.begin(), parts.end());
    append_varint(out, parts.size());
    for (const std::string& part : parts) append_part(out, part);
}

}  // namespace

const json::Shape kTransactWriteItem = json::Shape::structure("TransactWriteItem", kActionMembers);

uint32_t TransactAction::size() const {
    const WriteCharge sizes = charge(ChargedFor::ItemWritten);
    return std::max(sizes.old_bytes, sizes.new_bytes);
}

WriteCharge TransactAction::charge(ChargedFor what) const {
    return {what, before ? before->weight() : 0, ItemView(after).size(), before.get()};
}

void TransactAction::append_fingerprint(std::string& out) const {
    out.push_back(static_cast<char>(kind));
    append_part(out, attributes);
    for (const std::string_view name : {"TableName", "ConditionExpression", "ReturnValuesOnConditionCheckFailure"})
        append_text(out, node.find(name));
    if (kind == ActionKind::Update) append_text(out, node.find("UpdateExpression"));
    std::vector<std::string> names;
    if (const json::Node aliases = node.find("ExpressionAttributeNames"))
        for (const json::Node::Member& alias : json::members_of(aliases))
            names.push_back(std::string(alias.name) + ' ' + std::string(alias.value.text()));
    append_sorted(out, std::move(names));
    // The encoded values lie in the order they were sent; each is its own end mark.
    std::vector<std::string> values;
    if (const json::Node sent = node.find("ExpressionAttributeValues")) {
        size_t at = 0;
        for (const json::Node::Member member : sent.members()) {
            if (at >= context.values.size()) break;
            const std::string_view encoded = ValueView(context.values.data() + at).encoded();
            at += encoded.size();
            values.push_back(std::string(member.name) + ' ' + std::string(encoded));
        }
    }
    append_sorted(out, std::move(values));
}

Status read_action(Call& call, json::Node entry, TransactAction& action) {
    SORTKEY_CHECK(pick_kind(entry, action));
    SORTKEY_CHECK(read_expressions(call, action));
    const bool puts = action.kind == ActionKind::Put;
    SORTKEY_TRY(attributes, read_attributes(call, action.node.find(puts ? "Item" : "Key")));
    action.attributes = std::move(attributes);
    const ItemView item(action.attributes);
    SORTKEY_CHECK(puts ? check_item_size(item.size(), false) : check_key_not_empty(item));
    return check_unused(action.context);
}

Status check_action_keys(TransactAction& action) {
    auto row_key = checked_row_key(action);
    if (row_key) {
        action.row_key = std::move(*row_key);
        action.before = action.table->items.find(action.row_key);
        return {};
    }
    if (refuses_request(row_key.error())) return std::move(row_key.error());
    if (!action.invalid) action.invalid = std::move(row_key.error());
    return {};
}

void validate_action(TransactAction& action) {
    if (action.invalid || !action.update) return;
    if (Status targets = check_update_targets(*action.table, *action.update); !targets)
        action.invalid = std::move(targets.error());
}

void prepare_action(TransactAction& action, size_t number, CancellationReasons& reasons) {
    const ItemView before(action.before ? action.before->value() : std::string_view());
    if (action.condition && !evaluate(*action.condition, before)) {
        const bool shows = text_of(action.node.find("ReturnValuesOnConditionCheckFailure")) == "ALL_OLD";
        return reasons.condition_failed(number, condition_failed(action.before.get(), shows));
    }
    auto after = item_after(action);
    if (!after) return reasons.invalid(number, std::move(after.error()));
    action.after = std::move(*after);
}

}  // namespace sortkey
