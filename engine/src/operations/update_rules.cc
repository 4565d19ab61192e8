#include "operations/update_rules.h"

#include "json/attribute_value.h"
#include "operations/item_write.h"
#include "operations/key_paths.h"

namespace sortkey {
namespace {

// Whether the update would give the attribute a value of another type, as far as its text tells.
bool changes_type(const Update& update, const KeyAttribute& part, Type& actual) {
    for (const UpdateAction& action : update.actions) {
        const PathView path = update.path(action);
        if (path.nested() || path.head() != part.name) continue;
        if (action.section != Section::Set && action.section != Section::Add) continue;
        return static_type(update, action, actual) && actual != part.type;
    }
    return false;
}

// Of several indexes the alphabetically first is named.
Status check_index_key_types(const Table& table, const Update& update) {
    const Index* named = nullptr;
    Status status;
    for (const Index& index : table.indexes) {
        if (named && named->name < index.name) continue;
        for (size_t i = 0; i < index.keys.size(); ++i) {
            const KeyAttribute& part = index.keys.at(i);
            Type actual;
            if (!changes_type(update, part, actual)) continue;
            named = &index;
            status = Error::invalid_parameter(
                "Type mismatch for Index Key " + part.name + " Expected: " + std::string(type_name(part.type)) +
                " Actual: " + std::string(type_name(actual)) + " IndexName: " + index.name);
            break;
        }
    }
    return status;
}

bool too_deep(ValueView value, int level) {
    if (level > json::kNestingMax) return true;
    if (value.type() == Type::L)
        for (const ListEntry entry : value.list())
            if (too_deep(entry.value, level + 1)) return true;
    if (value.type() == Type::M)
        for (const MapEntry entry : value.map())
            if (too_deep(entry.value, level + 1)) return true;
    return false;
}

// A constant written to a nested path lies deeper than by itself, and some requests do not measure them at all.
Status check_nesting(const Update& update, ItemView after) {
    for (const UpdateAction& action : update.actions) {
        if (action.operand == kNoNode) continue;
        const ValueView changed = after.find(update.path(action).head());
        if (changed && too_deep(changed, 1)) return Error::validation(std::string(json::kNestingText));
    }
    return {};
}

}  // namespace

Status check_update_targets(const Table& table, const Update& update) {
    for (const UpdateAction& action : update.actions) {
        const std::string_view head = update.path(action).head();
        if (table.keys.find(head))
            return Error::invalid_parameter("Cannot update attribute " + std::string(head) +
                                            ". This attribute is part of the key");
    }
    SORTKEY_CHECK(check_index_key_types(table, update));
    return check_key_paths(table, update.tree);
}

Result<std::string> updated_item(const Table& table, const std::optional<Update>& update, std::string_view before) {
    if (!update) return std::string(before);
    SORTKEY_TRY(after, apply_update(*update, ItemView(before)));
    SORTKEY_CHECK(check_nesting(*update, ItemView(after)));
    for (const Index& index : table.indexes) {
        for (size_t i = 0; i < index.keys.size(); ++i) {
            const KeyAttribute& part = index.keys.at(i);
            const ValueView value = ItemView(after).find(part.name);
            const ValueView stored = ItemView(before).find(part.name);
            if (!value || (stored && value == stored)) continue;
            if (value.type() != part.type)
                return Error::validation(
                    "The update expression attempted to update the secondary index key to unsupported type");
            if (part.type != Type::N && value.scalar().empty())
                return Error::validation(
                    "One or more parameter values are not valid. The update expression attempted to update a secondary "
                    "index key to a value that is not supported. The AttributeValue for a key attribute cannot contain "
                    "an empty " +
                    std::string(part.type == Type::S ? "string" : "binary") + " value.");
            SORTKEY_CHECK(check_key_value(part, value, i < index.keys.hash.size()));
        }
    }
    SORTKEY_CHECK(check_item_size(table, ItemView(after), true));
    return after;
}

}  // namespace sortkey
