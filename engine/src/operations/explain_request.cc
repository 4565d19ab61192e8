// ExplainRequest: how the numbers of the last service request came about: bytes per attribute, rounding, factors, arms.
#include "operations/explain_request.h"

#include "json/attribute_value.h"
#include "operations/common.h"

namespace sortkey::explain_request {
namespace {

double units(uint64_t halves) { return static_cast<double>(halves) / 2; }

void write_arm(std::string& json, const Charge& charge, const Arm& arm) {
    ObjectWriter object(json);
    const bool of_index = arm.kind == ArmKind::Local || arm.kind == ArmKind::Global;
    object.text("Arm", of_index ? arm.index : "Table");
    if (of_index) object.text("IndexType", arm.kind == ArmKind::Local ? "LocalSecondaryIndex" : "GlobalSecondaryIndex");
    object.text("TableName", charge.table_name);
    object.text("Kind", arm.write ? "Write" : "Read");
    object.integer("Bytes", static_cast<int64_t>(arm.bytes));
    object.integer("BlockBytes", static_cast<int64_t>(arm.write ? kWriteBlockBytes : kReadBlockBytes));
    object.integer("Blocks", static_cast<int64_t>(arm.blocks));
    object.number("Factor", units(arm.factor_halves));
    object.number("Units", units(arm.halves()));
    object.integer("Items", arm.items);
    object.text("Text", derivation_text(arm));
    object.close();
}

void write_item(std::string& json, const Table* table, ItemView item) {
    ObjectWriter object(json);
    if (table && has_key(table->keys, item))
        json::write_item(object.member("Key"), ItemView(key_of(table->keys, item)));
    object.integer("Bytes", item.size());
    std::string& attributes = object.member("Attributes");
    attributes += '[';
    bool first = true;
    for (const MapEntry entry : item) {
        if (!first) attributes += ',';
        first = false;
        ObjectWriter attribute(attributes);
        attribute.text("Name", entry.name);
        attribute.integer("Bytes", static_cast<int64_t>(entry.name.size()) + entry.value.size());
        attribute.close();
    }
    attributes += ']';
    object.close();
}

/// The table an item of the request lies in: the one that files it under its row key, or, for what was read from an
/// index, the table the request is about.
const Table* table_of(Call& call, const Record& item) {
    for (const Charge& charge : call.trace.charges) {
        const Table* table = call.database.find(charge.table_id);
        if (table && has_key(table->keys, ItemView(item.value())) &&
            table_row_key(table->keys, ItemView(item.value())) == item.key())
            return table;
    }
    return call.database.find(call.trace.table);
}

void write_error(ObjectWriter& answer, const Error& error) {
    ObjectWriter object(answer.member("Error"));
    object.text("Name", exception_name(error.code));
    object.text("Message", error.message);
    object.close();
    if (error.position.parameter.empty()) return;
    ObjectWriter position(answer.member("ErrorPosition"));
    position.text("Parameter", error.position.parameter);
    position.integer("Offset", error.position.offset);
    position.integer("Length", error.position.length);
    position.close();
}

}  // namespace

const json::Shape kInput{json::ShapeKind::Structure, "ExplainRequestInput"};

Status run(Call& call) {
    const Trace& trace = call.trace;
    uint64_t read = 0;
    uint64_t write = 0;
    for (const Charge& charge : trace.charges) {
        read += charge.consumed.read_halves();
        write += charge.consumed.write_halves();
    }
    ObjectWriter answer(call.out);
    answer.text("Operation", trace.operation);
    answer.text("TableName", trace.table);
    if (trace.failed) {
        write_error(answer, trace.error);
    } else {
        answer.member("Error") += "null";
    }
    answer.number("ReadCapacityUnits", units(read));
    answer.number("WriteCapacityUnits", units(write));
    std::string& arms = answer.member("Arms");
    arms += '[';
    bool first = true;
    for (const Charge& charge : trace.charges) {
        for (const Arm& arm : charge.consumed.arms()) {
            if (!first) arms += ',';
            first = false;
            write_arm(arms, charge, arm);
        }
    }
    arms += ']';
    std::string& items = answer.member("Items");
    items += '[';
    for (size_t i = 0; i < trace.items.size(); ++i) {
        if (i > 0) items += ',';
        write_item(items, table_of(call, *trace.items[i]), ItemView(trace.items[i]->value()));
    }
    items += ']';
    answer.close();
    return {};
}

}  // namespace sortkey::explain_request
