// Writing maps, lists and sets in encoded form front to back, when count and length are known only at the end.
#pragma once

#include <string>

#include "model/value.h"
#include "support/varint.h"

namespace sortkey {

/// Leaves room for the count of a payload (one byte, which nearly always is enough); returns where.
inline size_t open_payload(std::string& out) {
    out.push_back('\0');
    return out.size() - 1;
}

/// Fills in the count, moving the payload when the count needs more than one byte.
void close_payload(std::string& out, size_t mark, uint32_t count);

/// Type byte, room for the length, then open_payload(); returns where the type byte is.
size_t open_container(std::string& out, Type type);
void close_container(std::string& out, size_t mark, uint32_t count);

/// First byte of the payload of a list, map or set.
inline const char* payload_of(ValueView container) { return container.encoded().data() + 5; }

/// Payload of an item; an absent item is an empty map.
inline const char* payload_of(ItemView item) { return item.encoded().empty() ? "" : item.encoded().data(); }

}  // namespace sortkey
