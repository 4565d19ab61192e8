#include "model/key.h"

#include "sortkey/limits.h"
#include "support/md5.h"

namespace sortkey {
namespace {

constexpr char kNumberEndPositive = 0x00;  // below every digit pair (1–100)
constexpr char kNumberEndNegative = 102;   // above every complemented pair (1–101)

}  // namespace

const KeyAttribute* KeySchema::find(std::string_view name) const {
    for (const KeyAttribute& attribute : hash)
        if (attribute.name == name) return &attribute;
    for (const KeyAttribute& attribute : range)
        if (attribute.name == name) return &attribute;
    return nullptr;
}

uint64_t partition_hash(std::string_view bytes) {
    Md5 digest;
    digest.update("Outliers");
    digest.update(bytes);
    const auto result = digest.finish();
    uint64_t hash = 0;
    for (int i = 0; i < 8; ++i) hash = hash << 8 | result[static_cast<size_t>(i)];
    return hash;
}

void append_hash(std::string& out, uint64_t hash) {
    char bytes[8];
    for (int i = 0; i < 8; ++i) bytes[i] = static_cast<char>(hash >> (56 - 8 * i));
    out.append(bytes, 8);
}

uint64_t hash_of_row(std::string_view row_key) {
    uint64_t hash = 0;
    for (size_t i = 0; i < 8; ++i) hash = hash << 8 | static_cast<unsigned char>(row_key[i]);
    return hash;
}

void append_key_prefix(std::string& out, std::string_view scalar) {
    size_t from = 0;
    for (size_t zero; (zero = scalar.find('\0', from)) != std::string_view::npos; from = zero + 1) {
        out.append(scalar, from, zero + 1 - from);
        out.push_back('\xff');
    }
    out.append(scalar, from);
}

void append_key_part(std::string& out, Type type, std::string_view scalar) {
    if (type == Type::N) {
        out.append(scalar);
        const bool negative = static_cast<unsigned char>(scalar[0]) < 0x80;
        if (!negative) {
            out.push_back(kNumberEndPositive);
        } else if (scalar.back() != kNumberEndNegative) {
            out.push_back(kNumberEndNegative);
        }
        return;
    }
    append_key_prefix(out, scalar);
    out.append(2, '\0');
}

void append_partition(std::string& out, const KeySchema& schema, const std::string_view* hash_scalars) {
    if (schema.hash.size() == 1) {
        append_hash(out, partition_hash(hash_scalars[0]));
    } else {
        std::string joined;
        for (size_t i = 0; i < schema.hash.size(); ++i) append_key_part(joined, schema.hash[i].type, hash_scalars[i]);
        append_hash(out, partition_hash(joined));
    }
    for (size_t i = 0; i < schema.hash.size(); ++i) append_key_part(out, schema.hash[i].type, hash_scalars[i]);
}

bool has_key(const KeySchema& schema, ItemView item) {
    for (size_t i = 0; i < schema.size(); ++i) {
        const ValueView value = item.find(schema.at(i).name);
        if (!value || value.type() != schema.at(i).type) return false;
    }
    return true;
}

std::string table_row_key(const KeySchema& schema, ItemView item) {
    std::string key;
    key.reserve(48);
    const std::string_view hash = item.find(schema.hash[0].name).scalar();
    append_partition(key, schema, &hash);
    for (const KeyAttribute& part : schema.range) append_key_part(key, part.type, item.find(part.name).scalar());
    return key;
}

namespace {

// Items from before the index may hold what a write would now refuse; a backfill leaves them out silently.
bool indexable(const KeyAttribute& part, ValueView value, uint32_t bytes_max) {
    if (!value || value.type() != part.type) return false;
    return part.type == Type::N || (!value.scalar().empty() && value.scalar().size() <= bytes_max);
}

}  // namespace

std::string index_row_key(const KeySchema& index, const KeySchema& table, ItemView item) {
    std::vector<std::string_view> hashes;
    for (const KeyAttribute& part : index.hash) {
        const ValueView value = item.find(part.name);
        if (!indexable(part, value, limits::kHashKeyBytesMax)) return {};
        hashes.push_back(value.scalar());
    }
    std::string key;
    key.reserve(72);
    append_partition(key, index, hashes.data());
    for (const KeyAttribute& part : index.range) {
        const ValueView value = item.find(part.name);
        if (!indexable(part, value, limits::kRangeKeyBytesMax)) return {};
        append_key_part(key, part.type, value.scalar());
    }
    // Rows of equal keys come in the order in which the table has their items. A local index has one partition of it.
    if (index.hash != table.hash) append_hash(key, partition_hash(item.find(table.hash[0].name).scalar()));
    for (size_t i = 0; i < table.size(); ++i)
        append_key_part(key, table.at(i).type, item.find(table.at(i).name).scalar());
    return key;
}

std::string prefix_end(std::string prefix) {
    while (!prefix.empty() && prefix.back() == '\xff') prefix.pop_back();
    if (!prefix.empty()) prefix.back() = static_cast<char>(static_cast<unsigned char>(prefix.back()) + 1);
    return prefix;
}

}  // namespace sortkey
