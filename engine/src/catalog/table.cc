#include "catalog/table.h"

#include <algorithm>

namespace sortkey {

std::string_view status_name(TableStatus status) {
    static constexpr std::string_view kNames[] = {"CREATING", "UPDATING", "DELETING", "ACTIVE"};
    return kNames[static_cast<size_t>(status)];
}

std::string_view projection_name(ProjectionType type) {
    static constexpr std::string_view kNames[] = {"ALL", "KEYS_ONLY", "INCLUDE"};
    return kNames[static_cast<size_t>(type)];
}

std::string_view stream_view_name(StreamView view) {
    static constexpr std::string_view kNames[] = {"", "KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES"};
    return kNames[static_cast<size_t>(view)];
}

std::string_view time_to_live_name(TimeToLiveStatus status) {
    static constexpr std::string_view kNames[] = {"DISABLED", "ENABLING", "ENABLED", "DISABLING"};
    return kNames[static_cast<size_t>(status)];
}

int32_t ThroughputHistory::decreases_today(int64_t now_micros) const {
    constexpr int64_t kDay = 86'400'000'000;
    return decreased_micros / kDay == now_micros / kDay ? decreases : 0;
}

void ThroughputHistory::note(const Throughput& before, const Throughput& after, int64_t now_micros) {
    if (after.read > before.read || after.write > before.write) increased_micros = now_micros;
    if (after.read < before.read || after.write < before.write) {
        decreases = decreases_today(now_micros) + 1;
        decreased_micros = now_micros;
    }
}

bool Index::projects(std::string_view attribute, const KeySchema& table_keys) const {
    if (projection == ProjectionType::All || keys.find(attribute) || table_keys.find(attribute)) return true;
    return std::find(non_key_attributes.begin(), non_key_attributes.end(), attribute) != non_key_attributes.end();
}

const Index* Table::find_index(std::string_view index_name) const {
    for (const Index& index : indexes)
        if (index.name == index_name) return &index;
    return nullptr;
}

Index* Table::find_index(std::string_view index_name) {
    return const_cast<Index*>(std::as_const(*this).find_index(index_name));
}

bool Table::declared_type(std::string_view attribute, Type& out) const {
    for (const KeyAttribute& definition : attributes) {
        if (definition.name != attribute) continue;
        out = definition.type;
        return true;
    }
    return false;
}

void Table::count_held() {
    constexpr uint64_t kTable = 2048;  // with the short texts
    constexpr uint64_t kIndex = 1024;
    uint64_t bytes = kTable + indexes.size() * kIndex + resource_policy.size();
    for (const auto& [key, value] : tags) bytes += 64 + key.size() + value.size();
    held.set(bytes);
}

std::string projected_item(const Index& index, const KeySchema& table_keys, ItemView item) {
    if (index.projection == ProjectionType::All) return std::string(item.encoded());
    uint64_t count = 0;
    std::string attributes;
    for (const MapEntry entry : item) {
        if (!index.projects(entry.name, table_keys)) continue;
        ++count;
        append_varint(attributes, entry.name.size());
        attributes += entry.name;
        attributes += entry.value.encoded();
    }
    std::string encoded;
    append_varint(encoded, count);
    return encoded + attributes;
}

std::string table_arn(std::string_view region, std::string_view table) {
    std::string arn = "arn:aws:dynamodb:";
    arn += region;
    arn += ':';
    arn += kAccountId;
    arn += ":table/";
    arn += table;
    return arn;
}

}  // namespace sortkey
