#include "operations/update_rules.h"

#include "operations/item_write.h"

namespace sortkey {
namespace {

const KeyAttribute* index_key(const Table& table, std::string_view name, const Index** of) {
    for (const Index& index : table.indexes) {
        if (const KeyAttribute* part = index.keys.find(name)) {
            *of = &index;
            return part;
        }
    }
    return nullptr;
}

}  // namespace

Status check_update_targets(const Table& table, const Update& update) {
    for (const UpdateAction& action : update.actions) {
        const PathView path = update.path(action);
        if (!path.nested() && table.keys.find(path.head()))
            return Error::invalid_parameter("Cannot update attribute " + std::string(path.head()) +
                                            ". This attribute is part of the key");
    }
    const Index* index = nullptr;
    for (const UpdateAction& action : update.actions) {
        const PathView path = update.path(action);
        if (path.nested() || action.section == Section::Remove || action.section == Section::Delete) continue;
        const KeyAttribute* part = index_key(table, path.head(), &index);
        Type type;
        if (part && static_type(update, action, type) && type != part->type)
            return Error::invalid_parameter("Type mismatch for Index Key " + part->name + " Expected: " +
                                            std::string(type_name(part->type)) + " Actual: " +
                                            std::string(type_name(type)) + " IndexName: " + index->name);
    }
    Status nested;
    for_each_path(update.tree, [&](PathView path, const Node&) {
        if (!path.nested() || !nested) return;
        const bool in_key = table.keys.find(path.head()) != nullptr;
        if (!in_key && !index_key(table, path.head(), &index)) return;
        nested = Error::validation(
            "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: " +
            std::string(in_key ? "Key: " : "IndexKey: ") + std::string(path.head()));
    });
    return nested;
}

Result<std::string> updated_item(const Table& table, const std::optional<Update>& update, std::string_view before) {
    if (!update) return std::string(before);
    SORTKEY_TRY(after, apply_update(*update, ItemView(before)));
    for (const Index& index : table.indexes) {
        for (size_t i = 0; i < index.keys.size(); ++i) {
            const KeyAttribute& part = index.keys.at(i);
            const ValueView value = ItemView(after).find(part.name);
            if (!value || value == ItemView(before).find(part.name)) continue;
            if (value.type() != part.type)
                return Error::validation(
                    "The update expression attempted to update the secondary index key to unsupported type");
            if (part.type != Type::N && value.scalar().empty())
                return Error::validation(
                    "One or more parameter values are not valid. The update expression attempted to update a secondary "
                    "index key to a value that is not supported. The AttributeValue for a key attribute cannot contain "
                    "an empty " + std::string(part.type == Type::S ? "string" : "binary") + " value.");
            SORTKEY_CHECK(check_key_value(part, value, i < index.keys.hash.size()));
        }
    }
    SORTKEY_CHECK(check_item_size(ItemView(after).size(), true));
    return after;
}

}  // namespace sortkey
