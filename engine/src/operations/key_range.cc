#include "operations/key_range.h"

namespace sortkey {

void range_of(const KeyPlan& plan, const KeySchema& keys, std::string& from, std::string& to) {
    std::vector<std::string_view> hashes;
    for (const ValueView value : plan.hash) hashes.push_back(value.scalar());
    std::string prefix;
    append_partition(prefix, keys, hashes.data());
    size_t part = 0;
    for (; part < plan.range.size(); ++part) append_key_part(prefix, keys.range[part].type, plan.range[part].scalar());
    from = prefix;
    to = prefix_end(prefix);
    if (!plan.has_last) return;
    const Type type = keys.range[part].type;
    const auto with = [&](ValueView value) {
        std::string key = prefix;
        append_key_part(key, type, value.scalar());
        return key;
    };
    switch (plan.last) {
        case KeyComparator::Less:
            to = with(plan.lower);
            break;
        case KeyComparator::LessEqual:
            to = prefix_end(with(plan.lower));
            break;
        case KeyComparator::Greater:
            from = prefix_end(with(plan.lower));
            break;
        case KeyComparator::GreaterEqual:
            from = with(plan.lower);
            break;
        case KeyComparator::Between:
            from = with(plan.lower);
            to = prefix_end(with(plan.upper));
            break;
        case KeyComparator::BeginsWith:
            append_key_prefix(from, plan.lower.scalar());
            if (!plan.lower.scalar().empty()) to = prefix_end(from);
            break;
        case KeyComparator::Equal:
            break;
    }
}

}  // namespace sortkey
