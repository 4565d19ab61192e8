// Primary keys: schema, partition hash, and the order-preserving row key of tables and indexes.
//
// Row key of a table:  hash64 ‖ enc(partition key) ‖ enc(sort key)
// Row key of an index: hash64 ‖ enc(HASH parts) ‖ enc(RANGE parts) ‖ row key of the table, without its hash64 where the
// partition keys are the same
// hash64 is the first 8 bytes of MD5("Outliers" ‖ key bytes): the order the real service scans in, as
// reverse-engineered by dynalite. enc() is self-delimiting and keeps DynamoDB's order under memcmp, so one partition
// key is one contiguous range, and a hash range is a scan segment or a storage partition.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/value.h"

namespace sortkey {

struct KeyAttribute {
    std::string name;
    Type type = Type::S;  ///< S, N or B
    friend bool operator==(const KeyAttribute&, const KeyAttribute&) = default;
};

/// One or more HASH attributes (several only in multi-attribute GSIs), then the RANGE attributes.
struct KeySchema {
    std::vector<KeyAttribute> hash;
    std::vector<KeyAttribute> range;

    size_t size() const { return hash.size() + range.size(); }
    /// The i-th key attribute, hash parts first.
    const KeyAttribute& at(size_t i) const { return i < hash.size() ? hash[i] : range[i - hash.size()]; }
    const KeyAttribute* find(std::string_view name) const;
    friend bool operator==(const KeySchema&, const KeySchema&) = default;
};

/// Hash of a partition key; `bytes` is the scalar (several HASH parts: concatenated).
uint64_t partition_hash(std::string_view bytes);

void append_hash(std::string& out, uint64_t hash);
/// REQUIRES: a row key. Its first 8 bytes.
uint64_t hash_of_row(std::string_view row_key);

/// enc(): one key part, self-delimiting, order-preserving.
void append_key_part(std::string& out, Type type, std::string_view scalar);
/// enc() without its end mark for S and B: a prefix of all parts that begin with `scalar`.
void append_key_prefix(std::string& out, std::string_view scalar);

/// hash64 ‖ HASH parts: the prefix shared by all rows of one partition key.
void append_partition(std::string& out, const KeySchema& schema, const std::string_view* hash_scalars);

/// Whether an item has the key attributes, each with its type.
bool has_key(const KeySchema& schema, ItemView item);

/// Row key of an item in a table. REQUIRES: has_key().
std::string table_row_key(const KeySchema& schema, ItemView item);
/// Row key of an item in an index; empty when the item lacks one of the index key attributes (sparse).
std::string index_row_key(const KeySchema& index, const KeySchema& table, ItemView item);

/// The smallest string greater than every string that begins with `prefix`; empty if there is none.
std::string prefix_end(std::string prefix);

}  // namespace sortkey
