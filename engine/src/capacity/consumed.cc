#include "capacity/consumed.h"

namespace sortkey {
namespace {

void append_halves(std::string& out, uint64_t halves) {
    out += std::to_string(halves / 2);
    if (halves % 2 != 0) out += ".5";
}

}  // namespace

void Consumed::read(ArmKind kind, std::string_view index, uint64_t bytes, uint32_t items, ReadFactor factor) {
    add({kind, false, static_cast<uint8_t>(factor), std::string(index), bytes, blocks_of(bytes, kReadBlockBytes),
         items});
}

void Consumed::write(ArmKind kind, std::string_view index, uint64_t bytes, bool transactional) {
    add({kind, true, static_cast<uint8_t>(transactional ? 4 : 2), std::string(index), bytes,
         blocks_of(bytes, kWriteBlockBytes), 1});
}

void Consumed::add(Arm arm) {
    for (Arm& known : arms_) {
        if (known.kind != arm.kind || known.write != arm.write || known.factor_halves != arm.factor_halves ||
            known.index != arm.index)
            continue;
        known.bytes += arm.bytes;
        known.blocks += arm.blocks;
        known.items += arm.items;
        return;
    }
    arms_.push_back(std::move(arm));
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

std::string derivation_text(const Arm& arm) {
    std::string text = std::to_string(arm.bytes) + " B → " + std::to_string(arm.blocks) +
                       (arm.blocks == 1 ? " block of " : " blocks of ") + (arm.write ? "1 KB" : "4 KB");
    if (arm.write) {
        if (arm.factor_halves == 4) text += " × 2 (transactional write)";
    } else if (arm.factor_halves == 1) {
        text += " × ½ (eventually consistent read)";
    } else if (arm.factor_halves == 2) {
        text += " × 1 (strongly consistent read)";
    } else {
        text += " × 2 (transactional read)";
    }
    text += " = ";
    append_halves(text, arm.halves());
    text += arm.write ? " WCU" : " RCU";
    return text;
}

}  // namespace sortkey
