// ExplainRequest: how the numbers of the last service request came about: bytes per attribute, rounding, factors, arms.
#include "operations/explain_request.h"

#include "capacity/derivation.h"
#include "capacity/partitions.h"
#include "json/attribute_value.h"
#include "operations/common.h"

namespace sortkey::explain_request {
namespace {

double units(uint64_t halves) { return static_cast<double>(halves) / 2; }

// A new on-demand table was seen to charge more for a small Scan than one minimum (spec: capacity.md §1).
bool scans_few_of_many_partitions(const Trace& trace, const Table* table, const Arm& arm) {
    if (trace.operation != "Scan" || arm.write || !table || !table->on_demand_billing) return false;
    return arm.blocks < partition_count(true, 0, 0, table->items.bytes());
}
constexpr std::string_view kScanNote =
    "A model in one point: Sortkey counts one minimum for the whole Scan, where AWS was seen (sources of 2026) to "
    "count "
    "one for each of the four partitions of a new on-demand table, 4 units strong or 2 eventual.";

void write_part(std::string& json, const Table* table, const Consumed& consumed, const Part& part) {
    const Arm& arm = consumed.arms()[part.arm];
    ObjectWriter object(json);
    object.text("What", charged_for_name(part.what));
    if (table && part.item && has_key(table->keys, ItemView(part.item->value())))
        json::write_item(object.member("Key"), ItemView(key_of(table->keys, ItemView(part.item->value()))));
    object.integer("Bytes", static_cast<int64_t>(part.bytes));
    object.integer("Blocks", static_cast<int64_t>(part.blocks));
    object.number("Units", units(part.blocks * arm.factor_halves));
    object.text("Text", part_text(consumed, part));
    object.close();
}

void write_arm(std::string& json, Call& call, const Charge& charge, size_t at) {
    const Arm& arm = charge.consumed.arms()[at];
    const Table* table = call.database.find(charge.table_id);
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
    object.integer("Items", static_cast<int64_t>(arm.items));
    object.text("Rounding", rounds_each(charge.consumed, at) ? "Each" : "Together");
    object.text("Text", arm_text(charge.consumed, at));
    std::string_view note = note_text(charge.consumed, at);
    if (note.empty() && scans_few_of_many_partitions(call.trace, table, arm)) note = kScanNote;
    if (!note.empty()) object.text("Note", note);
    std::string& parts = object.member("Parts");
    parts += '[';
    uint64_t listed = 0;
    for (const Part& part : charge.consumed.parts()) {
        if (part.arm != at) continue;
        if (++listed > 1) parts += ',';
        write_part(parts, table, charge.consumed, part);
    }
    parts += ']';
    object.integer("PartsLeftOut", static_cast<int64_t>(arm.parts - listed));
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
        for (size_t at = 0; at < charge.consumed.arms().size(); ++at) {
            if (!first) arms += ',';
            first = false;
            write_arm(arms, call, charge, at);
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
