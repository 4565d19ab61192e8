// Comparing texts. In WebAssembly memcmp is a call that looks at one byte at a time.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace sortkey {

/// Whether `size` bytes are equal, eight at a time.
inline bool equal_bytes(const char* a, const char* b, size_t size) {
    for (; size >= 8; a += 8, b += 8, size -= 8) {
        uint64_t x;
        uint64_t y;
        std::memcpy(&x, a, 8);
        std::memcpy(&y, b, 8);
        if (x != y) return false;
    }
    for (; size > 0; ++a, ++b, --size)
        if (*a != *b) return false;
    return true;
}

inline bool equal_text(std::string_view a, std::string_view b) {
    return a.size() == b.size() && equal_bytes(a.data(), b.data(), a.size());
}

/// Equality for names that are mostly different: looks at length and first byte before the rest.
inline bool same_name(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    return a.empty() || (a[0] == b[0] && equal_bytes(a.data() + 1, b.data() + 1, a.size() - 1));
}

}  // namespace sortkey
