// TableDescription, as CreateTable, DescribeTable, UpdateTable and DeleteTable answer it (spec: api.md §6).
#pragma once

#include "operations/common.h"

namespace sortkey {

void write_table_description(std::string& json, const Database& database, const Table& table);

/// The shorter form of DeleteTable's answer: no schema, definitions or indexes.
void write_deleted_description(std::string& json, const Database& database, const Table& table);

/// `[{"AttributeName":"pk","KeyType":"HASH"},…]`
void write_key_schema(std::string& json, const KeySchema& keys);

}  // namespace sortkey
