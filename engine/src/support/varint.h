// LEB128 numbers and fixed little-endian words inside byte strings.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>

namespace sortkey {

inline void append_varint(std::string& out, uint64_t value) {
    while (value >= 0x80) {
        out.push_back(static_cast<char>(value | 0x80));
        value >>= 7;
    }
    out.push_back(static_cast<char>(value));
}

/// Reads a varint the engine wrote itself (trusted bytes) and moves `at` behind it.
inline uint64_t read_varint(const char*& at) {
    uint64_t value = static_cast<unsigned char>(*at++);
    if (value < 0x80) return value;
    value &= 0x7f;
    for (int shift = 7;; shift += 7) {
        const auto byte = static_cast<unsigned char>(*at++);
        value |= static_cast<uint64_t>(byte & 0x7f) << shift;
        if (byte < 0x80) return value;
    }
}

inline void append_u32(std::string& out, uint32_t value) {
    char bytes[4] = {static_cast<char>(value), static_cast<char>(value >> 8), static_cast<char>(value >> 16),
                     static_cast<char>(value >> 24)};
    out.append(bytes, 4);
}

inline void store_u32(char* at, uint32_t value) {
    at[0] = static_cast<char>(value);
    at[1] = static_cast<char>(value >> 8);
    at[2] = static_cast<char>(value >> 16);
    at[3] = static_cast<char>(value >> 24);
}

inline uint32_t load_u32(const char* at) {
    uint32_t value;
    std::memcpy(&value, at, 4);  // every target of ours is little-endian; asserted in support/varint.h's test
    return value;
}

}  // namespace sortkey
