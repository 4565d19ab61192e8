// Dates as text, from microseconds since 1970.
#pragma once

#include <cstdint>
#include <string>

namespace sortkey {

/// "2026-11-21T00:15:00.000" (UTC, to the millisecond), as stream labels and messages show moments.
std::string timestamp_text(int64_t micros);

/// `value` in decimal with zeros in front, at least `width` digits. REQUIRES value >= 0.
void append_padded(std::string& out, int64_t value, int width);

}  // namespace sortkey
