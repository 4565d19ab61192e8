// ExclusiveStartKey of Query and Scan: its values, its shape, its place in what is read (spec: query-scan.md §2).
#pragma once

#include <string>

#include "operations/page.h"

namespace sortkey {

/// Reads the values. Errors: those of the values; all but failed conversions name the start key in front.
Result<std::string> read_start_key(Call& call, json::Node key);

/// The attributes it must have are as many as it has. Errors: "The provided starting key is invalid".
Status check_start_key_count(const Source& source, ItemView key);

enum class KeyPart : uint8_t { Hash, Range };

/// One part of the key of what is read, table or index. Errors: "The provided starting key is invalid" if an attribute
/// is absent or of another type (older: "The provided key element does not match the schema"), empty values, sizes.
Status check_start_key_part(const Source& source, ItemView key, KeyPart part, Wording wording);

/// The table's key inside it. Errors: as row_key_of_key, after "The provided starting key is invalid: ".
Status check_start_key_table_part(const Source& source, ItemView key);

/// Whether a Query can go on from it. REQUIRES: its shape was checked. Errors: outside the query, one row at most.
Status check_start_key_range(const Source& source, const KeyPlan& plan, ItemView key);

/// Row key of a start key whose shape was checked.
std::string start_row_of(const Source& source, ItemView key);

}  // namespace sortkey
