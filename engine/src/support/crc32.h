// CRC-32 (ISO 3309, as zlib): guards journal frames.
#pragma once

#include <cstdint>
#include <string_view>

namespace sortkey {

uint32_t crc32(std::string_view bytes);

}  // namespace sortkey
