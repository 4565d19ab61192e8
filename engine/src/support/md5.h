// MD5 (RFC 1321): the hash whose order Scan follows, and the digest of states. Not for security.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace sortkey {

/// Incremental digest: update() as often as needed, then finish() once.
class Md5 {
public:
    Md5();
    void update(std::string_view bytes);
    std::array<uint8_t, 16> finish();

private:
    void block(const uint8_t* bytes);

    uint32_t state_[4];
    uint64_t length_ = 0;
    uint8_t buffer_[64];
};

std::array<uint8_t, 16> md5(std::string_view bytes);
/// Lower-case hexadecimal of any bytes.
std::string hex(const uint8_t* bytes, size_t count);

}  // namespace sortkey
