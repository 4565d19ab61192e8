#include "simulation/random.h"

#include "support/md5.h"

namespace sortkey {
namespace {

uint64_t rotate(uint64_t value, int by) { return value << by | value >> (64 - by); }

}  // namespace

Random::Random(uint64_t seed) {
    for (uint64_t& word : state_) {
        seed += 0x9e3779b97f4a7c15ULL;
        uint64_t mixed = seed;
        mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9ULL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebULL;
        word = mixed ^ (mixed >> 31);
    }
}

uint64_t Random::next() {
    const uint64_t result = rotate(state_[1] * 5, 7) * 9;
    const uint64_t shifted = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = rotate(state_[3], 45);
    return result;
}

uint64_t Random::below(uint64_t bound) { return next() % bound; }

std::string Random::uuid() {
    uint8_t bytes[16];
    for (int half = 0; half < 2; ++half) {
        const uint64_t word = next();
        for (int i = 0; i < 8; ++i) bytes[half * 8 + i] = static_cast<uint8_t>(word >> (56 - 8 * i));
    }
    bytes[6] = static_cast<uint8_t>((bytes[6] & 0x0f) | 0x40);
    bytes[8] = static_cast<uint8_t>((bytes[8] & 0x3f) | 0x80);
    std::string text = hex(bytes, 16);
    for (const size_t at : {8U, 13U, 18U, 23U}) text.insert(at, "-");
    return text;
}

}  // namespace sortkey
