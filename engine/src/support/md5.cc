#include "support/md5.h"

#include <cstring>

namespace sortkey {
namespace {

// floor(2^32 × |sin(i + 1)|), RFC 1321 §3.4.
constexpr uint32_t kSines[64] = {
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
    0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
    0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
    0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
    0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
    0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
    0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
    0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391};
uint32_t rotate(uint32_t value, int by) { return value << by | value >> (32 - by); }

// The four rounds (RFC 1321 §3.4): how they mix three of the four state words, which word of the block a step takes,
// and by how much it rotates. A step's figures are known when it is compiled.
struct Round1 {
    static uint32_t mix(uint32_t x, uint32_t y, uint32_t z) { return (x & y) | (~x & z); }
    static constexpr int kFirst = 0, kWordStep = 1, kWordFrom = 0, kShifts[4] = {7, 12, 17, 22};
};
struct Round2 {
    static uint32_t mix(uint32_t x, uint32_t y, uint32_t z) { return (x & z) | (y & ~z); }
    static constexpr int kFirst = 16, kWordStep = 5, kWordFrom = 1, kShifts[4] = {5, 9, 14, 20};
};
struct Round3 {
    static uint32_t mix(uint32_t x, uint32_t y, uint32_t z) { return x ^ y ^ z; }
    static constexpr int kFirst = 32, kWordStep = 3, kWordFrom = 5, kShifts[4] = {4, 11, 16, 23};
};
struct Round4 {
    static uint32_t mix(uint32_t x, uint32_t y, uint32_t z) { return y ^ (x | ~z); }
    static constexpr int kFirst = 48, kWordStep = 7, kWordFrom = 0, kShifts[4] = {6, 10, 15, 21};
};

template <class Round, int i>
void step(uint32_t& a, uint32_t b, uint32_t c, uint32_t d, const uint32_t* words) {
    constexpr int word = (Round::kWordStep * i + Round::kWordFrom) % 16;
    a = b + rotate(a + Round::mix(b, c, d) + kSines[Round::kFirst + i] + words[word], Round::kShifts[i % 4]);
}

template <class Round, int i = 0>
void run(uint32_t& a, uint32_t& b, uint32_t& c, uint32_t& d, const uint32_t* words) {
    step<Round, i>(a, b, c, d, words);
    step<Round, i + 1>(d, a, b, c, words);
    step<Round, i + 2>(c, d, a, b, words);
    step<Round, i + 3>(b, c, d, a, words);
    if constexpr (i < 12) run<Round, i + 4>(a, b, c, d, words);
}

}  // namespace

Md5::Md5() : state_{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476} {}

void Md5::block(const uint8_t* bytes) {
    uint32_t words[16];
    std::memcpy(words, bytes, 64);
    uint32_t a = state_[0], b = state_[1], c = state_[2], d = state_[3];
    run<Round1>(a, b, c, d, words);
    run<Round2>(a, b, c, d, words);
    run<Round3>(a, b, c, d, words);
    run<Round4>(a, b, c, d, words);
    state_[0] += a;
    state_[1] += b;
    state_[2] += c;
    state_[3] += d;
}

void Md5::update(std::string_view bytes) {
    const auto* at = reinterpret_cast<const uint8_t*>(bytes.data());
    size_t left = bytes.size();
    const size_t used = length_ % 64;
    length_ += left;
    if (used != 0) {
        const size_t take = left < 64 - used ? left : 64 - used;
        std::memcpy(buffer_ + used, at, take);
        at += take;
        left -= take;
        if (used + take < 64) return;
        block(buffer_);
    }
    for (; left >= 64; at += 64, left -= 64) block(at);
    if (left != 0) std::memcpy(buffer_, at, left);
}

std::array<uint8_t, 16> Md5::finish() {
    const uint64_t bits = length_ * 8;
    size_t used = length_ % 64;
    buffer_[used++] = 0x80;
    if (used > 56) {
        std::memset(buffer_ + used, 0, 64 - used);
        block(buffer_);
        used = 0;
    }
    std::memset(buffer_ + used, 0, 56 - used);
    std::memcpy(buffer_ + 56, &bits, 8);
    block(buffer_);
    std::array<uint8_t, 16> digest;
    std::memcpy(digest.data(), state_, 16);
    return digest;
}

std::array<uint8_t, 16> md5(std::string_view bytes) {
    Md5 hash;
    hash.update(bytes);
    return hash.finish();
}

std::string hex(const uint8_t* bytes, size_t count) {
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string out;
    out.reserve(count * 2);
    for (size_t i = 0; i < count; ++i) {
        out.push_back(kDigits[bytes[i] >> 4]);
        out.push_back(kDigits[bytes[i] & 15]);
    }
    return out;
}

}  // namespace sortkey
