// Projections: one walk over an encoded item beside the sorted list of paths, copying what matches.
#include "expression/project.h"

#include "expression/evaluate.h"
#include "expression/expression.h"
#include "expression/payload.h"

namespace sortkey {
namespace {

class Projector {
public:
    Projector(const Tree& tree, const NodeId* sorted, std::string& out) : tree_(tree), sorted_(sorted), out_(out) {}

    /// Writes the payload of what the paths [low, high) select of a map or list; they share their first `depth` parts.
    /// Returns the number of entries written.
    uint32_t walk(const char* at, bool is_map, size_t low, size_t high, uint32_t depth) {
        const size_t mark = open_payload(out_);
        uint32_t count = 0;
        uint32_t index = 0;
        for (auto left = static_cast<uint32_t>(read_varint(at)); left > 0 && low < high;) {
            const PathPart& part = part_at(low, depth);
            int order = 1;  // a name for a list or a position for a map selects nothing
            ValueView value(at);
            if (part.is_index != is_map) {
                if (is_map) {
                    const MapEntry entry = MapEntry::read(at);
                    value = entry.value;
                    order = entry.name.compare(part.name);
                } else {
                    order = index < part.index ? -1 : index > part.index;
                }
            }
            if (order > 0) {
                low = group_end(low, high, depth);
                continue;
            }
            if (order == 0) {
                const size_t end = group_end(low, high, depth);
                count += take(at, value, low, end, depth);
                low = end;
            }
            at = value.end();
            --left;
            ++index;
        }
        close_payload(out_, mark, count);
        return count;
    }

private:
    const PathPart& part_at(size_t rank, uint32_t depth) const { return tree_.path(sorted_[rank]).parts[depth]; }

    size_t group_end(size_t low, size_t high, uint32_t depth) const {
        size_t end = low + 1;
        while (end < high && part_at(end, depth) == part_at(low, depth)) ++end;
        return end;
    }

    /// One entry that starts at `at`: whole, or what the paths select of it.
    uint32_t take(const char* at, ValueView value, size_t low, size_t high, uint32_t depth) {
        const char* const value_at = value.encoded().data();
        if (tree_.path(sorted_[low]).count == depth + 1) {
            out_.append(at, static_cast<size_t>(value.end() - at));
            return 1;
        }
        const bool is_map = value.type() == Type::M;
        if (!is_map && value.type() != Type::L) return 0;
        const size_t before = out_.size();
        out_.append(at, static_cast<size_t>(value_at - at));
        out_.push_back(static_cast<char>(value.type()));
        const size_t length_at = out_.size();
        append_u32(out_, 0);
        if (walk(payload_of(value), is_map, low, high, depth + 1) == 0) {
            out_.resize(before);
            return 0;
        }
        store_u32(&out_[length_at], static_cast<uint32_t>(out_.size() - length_at - 4));
        return 1;
    }

    const Tree& tree_;
    const NodeId* sorted_;
    std::string& out_;
};

}  // namespace

bool project_paths(const Tree& tree, const NodeId* sorted, size_t count, ItemView item, std::string& encoded_item_out) {
    return Projector(tree, sorted, encoded_item_out).walk(payload_of(item), true, 0, count, 0) > 0;
}

namespace {

/// One attribute for each path that leads somewhere.
bool project_labelled(const Projection& projection, ItemView item, std::string& out) {
    const size_t mark = open_payload(out);
    uint32_t count = 0;
    for (size_t i = 0; i < projection.sorted.size(); ++i) {
        const ValueView value = resolve(projection.tree.path(projection.sorted[i]), item);
        if (!value) continue;
        append_varint(out, projection.labels[i].size());
        out += projection.labels[i];
        out += value.encoded();
        ++count;
    }
    close_payload(out, mark, count);
    return count > 0;
}

}  // namespace

bool project(const Projection& projection, ItemView item, std::string& encoded_item_out) {
    if (!projection.labels.empty()) return project_labelled(projection, item, encoded_item_out);
    return project_paths(projection.tree, projection.sorted.data(), projection.sorted.size(), item, encoded_item_out);
}

}  // namespace sortkey
