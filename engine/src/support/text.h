// Comparing names that are short and mostly different.
#pragma once

#include <cstring>
#include <string_view>

namespace sortkey {

/// Equality that looks at length and first byte before it calls memcmp: in WebAssembly the call costs more than the
/// look.
inline bool same_name(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    return a.empty() || (a[0] == b[0] && (a.size() == 1 || std::memcmp(a.data() + 1, b.data() + 1, a.size() - 1) == 0));
}

}  // namespace sortkey
