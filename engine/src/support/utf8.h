// Whether bytes are well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sortkey {

bool is_utf8(std::string_view bytes);

/// Appends `text`, but no more than makes `out` `size_max` bytes long: a cut falls between characters and shows as "…".
void append_bounded(std::string& out, std::string_view text, size_t size_max);

}  // namespace sortkey
