#include "expression/payload.h"

namespace sortkey {

void close_payload(std::string& out, size_t mark, uint32_t count) {
    if (count < 0x80) {
        out[mark] = static_cast<char>(count);
        return;
    }
    std::string bytes;
    append_varint(bytes, count);
    out.replace(mark, 1, bytes);
}

size_t open_container(std::string& out, Type type) {
    out.push_back(static_cast<char>(type));
    append_u32(out, 0);
    open_payload(out);
    return out.size() - 6;
}

void close_container(std::string& out, size_t mark, uint32_t count) {
    close_payload(out, mark + 5, count);
    store_u32(&out[mark + 1], static_cast<uint32_t>(out.size() - mark - 5));
}

}  // namespace sortkey
