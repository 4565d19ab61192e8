#include "support/utf8.h"

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace sortkey {

bool is_utf8(std::string_view bytes) {
    size_t i = 0;
    while (i < bytes.size()) {
        // Eight ASCII bytes at once: most text is nothing else.
        if (uint64_t word = 0; bytes.size() - i >= sizeof word) {
            std::memcpy(&word, bytes.data() + i, sizeof word);
            if ((word & 0x8080808080808080) == 0) {
                i += sizeof word;
                continue;
            }
        }
        const auto lead = static_cast<unsigned char>(bytes[i]);
        if (lead < 0x80) {
            ++i;
            continue;
        }
        if (lead < 0xc2 || lead > 0xf4) return false;
        const size_t length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        if (bytes.size() - i < length) return false;
        for (size_t j = 1; j < length; ++j) {
            const auto next = static_cast<unsigned char>(bytes[i + j]);
            if ((next & 0xc0) != 0x80) return false;
            if (j > 1) continue;
            if ((lead == 0xe0 && next < 0xa0) || (lead == 0xed && next > 0x9f)) return false;
            if ((lead == 0xf0 && next < 0x90) || (lead == 0xf4 && next > 0x8f)) return false;
        }
        i += length;
    }
    return true;
}

void append_bounded(std::string& out, std::string_view text, size_t size_max) {
    const size_t room = size_max > out.size() ? size_max - out.size() : 0;
    if (text.size() <= room) {
        out += text;
        return;
    }
    size_t end = room;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
    out += text.substr(0, end);
    out += "…";
}

}  // namespace sortkey
