#include "expression/path_order.h"

#include <algorithm>

namespace sortkey {

bool path_before(const Tree& tree, NodeId a, NodeId b) {
    const PathView one = tree.path(a);
    const PathView two = tree.path(b);
    const uint32_t shared = one.count < two.count ? one.count : two.count;
    for (uint32_t i = 0; i < shared; ++i) {
        const PathPart& left = one.parts[i];
        const PathPart& right = two.parts[i];
        if (left.is_index != right.is_index) return left.is_index;
        if (left.is_index) {
            if (left.index != right.index) return left.index < right.index;
        } else if (const int order = left.name.compare(right.name); order != 0) {
            return order < 0;
        }
    }
    return one.count < two.count;
}

void sort_ids(uint32_t* ids, size_t count, bool (*before)(const void* context, uint32_t a, uint32_t b),
              const void* context) {
    if (count < 2) return;
    std::sort(ids, ids + count, [=](uint32_t a, uint32_t b) { return before(context, a, b); });
}

}  // namespace sortkey
