#include "capacity/consumed.h"

#include <algorithm>
#include <utility>

namespace sortkey {
namespace {

void append_halves(std::string& out, uint64_t halves) {
    out += std::to_string(halves / 2);
    if (halves % 2 != 0) out += ".5";
}

}  // namespace

void Consumed::read_item(const Record* found, ReadFactor factor) {
    Part part;
    part.what = found ? ChargedFor::ItemRead : ChargedFor::AbsentItem;
    part.bytes = found ? found->weight() : 0;
    part.blocks = blocks_of(part.bytes, kReadBlockBytes);
    part.items = found ? 1 : 0;
    part.item = RecordPtr(found);
    add(ArmKind::Table, false, static_cast<uint8_t>(factor), {}, std::move(part));
}

void Consumed::read_rows(ArmKind kind, std::string_view index, uint64_t bytes, uint64_t items, ReadFactor factor) {
    Part part;
    part.what = ChargedFor::Rows;
    part.bytes = bytes;
    part.blocks = blocks_of(bytes, kReadBlockBytes);
    part.items = items;
    add(kind, false, static_cast<uint8_t>(factor), index, std::move(part));
}

void Consumed::read_again(uint64_t bytes, uint64_t blocks, uint64_t items) {
    Part part;
    part.what = ChargedFor::ItemReadAgain;
    part.bytes = bytes;
    part.blocks = blocks;
    part.items = items;
    add(ArmKind::Table, false, static_cast<uint8_t>(ReadFactor::Transactional), {}, std::move(part));
}

void Consumed::write_item(const WriteCharge& charge, bool transactional, ArmKind arm) {
    write(arm, {}, charge, transactional ? 4 : 2);
}

void Consumed::write_entry(ArmKind kind, std::string_view index, const WriteCharge& charge) {
    write(kind, index, charge, 2);
}

void Consumed::write(ArmKind kind, std::string_view index, const WriteCharge& charge, uint8_t factor_halves) {
    Part part;
    part.what = charge.what;
    part.old_bytes = charge.old_bytes;
    part.new_bytes = charge.new_bytes;
    part.bytes = std::max(charge.old_bytes, charge.new_bytes);
    part.blocks = blocks_of(part.bytes, kWriteBlockBytes);
    part.item = RecordPtr(charge.item);
    add(kind, true, factor_halves, index, std::move(part));
}

void Consumed::add(ArmKind kind, bool write, uint8_t factor_halves, std::string_view index, Part part) {
    size_t at = 0;
    while (at < arms_.size() && (arms_[at].kind != kind || arms_[at].write != write ||
                                 arms_[at].factor_halves != factor_halves || arms_[at].index != index))
        ++at;
    if (at == arms_.size()) arms_.push_back({kind, write, factor_halves, std::string(index)});
    Arm& arm = arms_[at];
    arm.bytes += part.bytes;
    arm.blocks += part.blocks;
    arm.items += part.items;
    if (++arm.parts > kPartsMax) return;
    part.arm = static_cast<uint32_t>(at);
    parts_.push_back(std::move(part));
}

uint64_t Consumed::halves(bool write) const {
    uint64_t total = 0;
    for (const Arm& arm : arms_)
        if (arm.write == write) total += arm.halves();
    return total;
}

void Consumed::write_indexes(std::string& json, ArmKind kind, std::string_view member, bool split) const {
    bool open = false;
    for (size_t i = 0; i < arms_.size(); ++i) {
        if (arms_[i].kind != kind) continue;
        bool seen = false;
        for (size_t j = 0; j < i && !seen; ++j) seen = arms_[j].kind == kind && arms_[j].index == arms_[i].index;
        if (seen) continue;
        uint64_t read = 0;
        uint64_t write = 0;
        for (const Arm& arm : arms_)
            if (arm.kind == kind && arm.index == arms_[i].index) (arm.write ? write : read) += arm.halves();
        json += open ? "," : ",\"" + std::string(member) + "\":{";
        open = true;
        json += "\"" + arms_[i].index + "\":{\"CapacityUnits\":";
        append_halves(json, read + write);
        if (split) {
            json += write > 0 ? ",\"WriteCapacityUnits\":" : ",\"ReadCapacityUnits\":";
            append_halves(json, write > 0 ? write : read);
        }
        json += "}";
    }
    if (open) json += "}";
}

void Consumed::write_json(std::string& json, std::string_view table_name, bool indexes, bool split) const {
    const auto units = [&](uint64_t read, uint64_t write) {
        json += "\"CapacityUnits\":";
        append_halves(json, read + write);
        if (!split) return;
        if (read > 0) {
            json += ",\"ReadCapacityUnits\":";
            append_halves(json, read);
        }
        if (write > 0) {
            json += ",\"WriteCapacityUnits\":";
            append_halves(json, write);
        }
    };
    json += "{\"TableName\":\"";
    json += table_name;
    json += "\",";
    units(read_halves(), write_halves());
    if (indexes) {
        uint64_t read = 0;
        uint64_t write = 0;
        for (const Arm& arm : arms_)
            if (arm.kind == ArmKind::Table) (arm.write ? write : read) += arm.halves();
        json += ",\"Table\":{";
        units(read, write);
        json += "}";
        write_indexes(json, ArmKind::Local, "LocalSecondaryIndexes", split);
        write_indexes(json, ArmKind::Global, "GlobalSecondaryIndexes", split);
    }
    json += "}";
}

}  // namespace sortkey
