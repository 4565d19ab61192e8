// A table's definition as the journal stores it: JSON, so that later versions can add members. Items are not in it.
#pragma once

#include <string>

#include "catalog/table.h"
#include "json/document.h"

namespace sortkey {

void write_table_record(std::string& json, const Table& table);

/// False when the record is not one of a table. Unknown members are ignored, absent ones keep their defaults.
bool read_table_record(json::Node record, Table& table);

}  // namespace sortkey
