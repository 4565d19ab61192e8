#include "operations/partiql_run.h"

#include <algorithm>

#include "catalog/memory_limit.h"
#include "json/attribute_value.h"
#include "operations/item_write.h"
#include "operations/partiql_parameters.h"
#include "operations/update_rules.h"

namespace sortkey {
namespace {

using partiql::Returning;
using partiql::Verb;

// Encoded item of the key attributes; the schema's order is not that of names.
std::string encode_key(const KeySchema& schema, const std::vector<ValueView>& values) {
    std::vector<size_t> order(schema.size());
    for (size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::sort(order.begin(), order.end(), [&](size_t a, size_t b) { return schema.at(a).name < schema.at(b).name; });
    std::string encoded;
    append_varint(encoded, order.size());
    for (const size_t i : order) {
        append_varint(encoded, schema.at(i).name.size());
        encoded += schema.at(i).name;
        encoded += values[i].encoded();
    }
    return encoded;
}

Error charged(Call& call, const PartiqlRequest& request, ArmKind arm, const Record* before, uint32_t new_bytes,
              Error error) {
    const uint32_t old_bytes = before ? before->weight() : 0;
    call.charge(*request.table).write_item({ChargedFor::ConditionFailed, old_bytes, new_bytes, before}, false, arm);
    return error;
}

void show_change(const PartiqlRequest& request, const Record* before, std::string_view after, std::string& returned) {
    const std::string_view old = before ? before->value() : std::string_view();
    switch (request.statement.returning) {
        case Returning::Nothing:
            return;
        case Returning::AllOld:
            returned = old;
            return;
        case Returning::AllNew:
            returned = after;
            return;
        case Returning::ModifiedOld:
        case Returning::ModifiedNew:
            break;
    }
    const bool of_old = request.statement.returning == Returning::ModifiedOld;
    if (!updated_fragment(*request.statement.update, ItemView(of_old ? old : after), returned)) returned.clear();
}

}  // namespace

std::string PartiqlRequest::fingerprint() const {
    std::string form(text_of(node.find("Statement")));
    form.push_back('\0');
    return form + values;
}

Status read_statement(Call& call, json::Node node, PartiqlRequest& request) {
    request.node = node;
    std::vector<size_t> offsets;
    if (const json::Node parameters = node.find("Parameters")) {
        std::vector<bool> wraps;
        for (const json::Node::Member parameter : parameters.elements()) {
            bool past = false;
            SORTKEY_CHECK(check_parameter(parameter.value, past));
            wraps.push_back(past);
        }
        for (const json::Node::Member parameter : parameters.elements()) {
            if (wraps[offsets.size()]) return Number::parse("1e-999").error();
            offsets.push_back(request.values.size());
            if (parameter.value.is_null())
                return Error::validation(
                    "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
            SORTKEY_CHECK(json::read_value(parameter.value, request.values, call.wording));
        }
    }
    std::vector<ValueView> parameters;
    for (const size_t offset : offsets) parameters.emplace_back(request.values.data() + offset);
    SORTKEY_TRY(statement, partiql::compile(node.find("Statement").text(), parameters));
    request.statement = std::move(statement);
    return {};
}

Status find_key(PartiqlRequest& request, std::string_view missing) {
    if (request.statement.verb == Verb::Insert) {
        request.key = std::move(request.statement.item);
        return {};
    }
    const KeySchema& keys = request.table->keys;
    std::vector<std::string_view> names;
    for (size_t i = 0; i < keys.size(); ++i) names.push_back(keys.at(i).name);
    std::vector<ValueView> values;
    partiql::take_equalities(request.statement.where.tree, names, values);
    for (const ValueView value : values)
        if (!value) return Error::validation(std::string(missing));
    request.conditional = request.statement.has_where();
    request.key = encode_key(keys, values);
    return {};
}

Status find_row(PartiqlRequest& request) {
    const ItemView attributes(request.key);
    if (request.statement.verb != Verb::Insert) {
        SORTKEY_TRY(row_key, row_key_of_key(request.table->keys, attributes));
        request.row_key = std::move(row_key);
        return {};
    }
    SORTKEY_CHECK(check_item_size(attributes.size(), false));
    SORTKEY_TRY(row_key, row_key_of_item(request.table->keys, attributes));
    SORTKEY_CHECK(check_index_keys(*request.table, attributes));
    SORTKEY_CHECK(check_item_size(*request.table, attributes, false));
    request.row_key = std::move(row_key);
    return {};
}

Result<const Index*> find_select_index(const PartiqlRequest& request) {
    const Index* index = request.table->find_index(request.statement.index);
    if (!index) return Error::validation("The table does not have the specified index");
    if (index->keys.hash.size() > 1 || index->keys.range.size() > 1)
        return Error::validation(
            "PartiQL statements cannot be executed on tables with multi-attribute HASH keys or multi-attribute RANGE "
            "keys.");
    return index;
}

Status check_no_index(const PartiqlRequest& request) {
    if (request.statement.index.empty()) return {};
    return Error::validation("This operation is not supported on an index");
}

Status run_write(Call& call, PartiqlRequest& request, ArmKind failure_arm, bool show_item, std::string& returned) {
    Table& table = *request.table;
    const Verb verb = request.statement.verb;
    SORTKEY_CHECK(check_not_held(call, table, request.row_key));
    RecordPtr before = table.items.find(request.row_key);
    std::string after;
    if (verb == Verb::Insert) {
        const uint32_t size = ItemView(request.key).size();
        if (before) return charged(call, request, failure_arm, before.get(), size, duplicate_item());
        after = request.key;
    } else {
        if (verb == Verb::Update) SORTKEY_CHECK(check_update_targets(table, *request.statement.update));
        // An UPDATE needs its item, a DELETE of nothing succeeds.
        const bool holds = before ? !request.conditional || evaluate(request.statement.where, ItemView(before->value()))
                                  : verb == Verb::Delete;
        if (!holds)
            return charged(call, request, failure_arm, before.get(), 0, condition_failed(before.get(), show_item));
        if (verb == Verb::Update) {
            SORTKEY_TRY(updated, updated_item(table, request.statement.update, before->value()));
            after = std::move(updated);
        }
    }
    show_change(request, before.get(), after, returned);
    const bool removes = verb == Verb::Delete;
    ItemChange change{request.row_key, before, std::move(after), removes};
    SORTKEY_CHECK(check_memory(call.world(), memory_for(table, change)));
    if (before) call.trace.note(before.get());
    const Record* stored =
        apply_change(call.database, table, std::move(change), Cause::Request, false, call.charge(table));
    if (verb == Verb::Insert) call.trace.note(stored);
    return {};
}

bool write_selected(const partiql::Statement& statement, ItemView item, std::string& json) {
    if (statement.whole_items) {
        json::write_item(json, item);
        return true;
    }
    std::string shown;
    const bool any = project(statement.columns, item, shown);
    json::write_item(json, ItemView(shown));
    return any;
}

}  // namespace sortkey
