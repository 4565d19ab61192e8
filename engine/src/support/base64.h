// Base64 (RFC 4648 §4, with padding), as binary attribute values travel.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sortkey {

void append_base64(std::string& out, std::string_view bytes);

enum class Base64Fault : uint8_t { None, Length, LastCharacter, Alphabet };

/// Appends the decoded bytes; on a fault `out` is left with what was decoded before it.
Base64Fault decode_base64(std::string_view text, std::string& out);

}  // namespace sortkey
