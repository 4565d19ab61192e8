#include "storage/ordered_map.h"

#include <cassert>
#include <utility>

#include "storage/btree_node.h"

namespace sortkey {
namespace {

using btree::Entry;
using btree::Node;
using btree::Probe;
using btree::Split;

// What from_sorted() fills at most: some room, or the first insertions after a restore would split
// every node.
constexpr std::size_t kLeafBuilt = btree::kLeafMax * 7 / 8;
constexpr std::size_t kInnerBuilt = btree::kInnerMax * 7 / 8;

// Puts a record, whose reference the tree takes over, below *slot. `replaced` is set if its key was
// there.
Split put_below(Node*& slot, const Probe& probe, const Record* record, RecordPtr& replaced) {
    btree::make_writable(slot);
    if (slot->leaf()) {
        const std::uint32_t index = btree::lower_bound(slot, probe);
        if (btree::holds(slot, index, probe)) {
            replaced = RecordPtr::adopt(std::exchange(slot->keys()[index], record));
            return {};
        }
        return btree::insert_or_split(slot, index, Entry{probe.prefix, record, nullptr, {}});
    }
    const std::uint32_t index = btree::child_index(slot, probe);
    const Split below = put_below(slot->children()[index], probe, record, replaced);
    RangeStats& sum = slot->sums()[index];
    sum += {1, record->weight()};
    if (replaced) sum -= {1, replaced->weight()};
    if (below.right == nullptr) return {};
    sum -= below.right_sum;
    return btree::insert_or_split(
        slot, index + 1,
        Entry{btree::prefix_of(below.separator->key()), below.separator, below.right, below.right_sum});
}

// REQUIRES that the key is there.
RecordPtr erase_below(Node*& slot, const Probe& probe) {
    btree::make_writable(slot);
    if (slot->leaf()) {
        const std::uint32_t index = btree::lower_bound(slot, probe);
        return RecordPtr::adopt(btree::remove_entry(slot, index).key);
    }
    const std::uint32_t index = btree::child_index(slot, probe);
    Node*& child = slot->children()[index];
    RecordPtr removed = erase_below(child, probe);
    slot->sums()[index] -= {1, removed->weight()};
    if (child->count < child->min()) btree::rebalance(slot, index);
    return removed;
}

// The edge of the tree has no lower bound: an empty key.
const Record* left_edge() { return Record::make({}, {}).detach(); }

// Distributes the entries of one level evenly over as few nodes as `fill` allows; returns the
// entries for the level above. `entries` own their references, which move into the nodes.
std::vector<Entry> build_level(const std::vector<Entry>& entries, std::uint32_t level, std::size_t fill) {
    const std::size_t nodes = (entries.size() + fill - 1) / fill;
    std::vector<Entry> above;
    above.reserve(nodes);
    std::size_t from = 0;
    for (std::size_t i = 0; i < nodes; ++i) {
        const std::size_t to = entries.size() * (i + 1) / nodes;
        Node* node = btree::make_node(level, static_cast<std::uint32_t>(to - from));
        for (std::size_t e = from; e < to; ++e) btree::insert_entry(node, node->count, entries[e]);
        const Record* bound = nullptr;
        if (level > 0) {
            bound = entries[from].key;
            bound->retain();
        } else if (from > 0) {
            bound = btree::make_separator(entries[from - 1].key->key(), entries[from].key->key()).detach();
        } else {
            bound = left_edge();
        }
        above.push_back({btree::prefix_of(bound->key()), bound, node, btree::sum_of(node, 0, node->count)});
        from = to;
    }
    return above;
}

}  // namespace

OrderedMap::OrderedMap(const OrderedMap& other) : root_(other.root_), total_(other.total_) {
    if (root_ != nullptr) ++root_->references;
}

OrderedMap::OrderedMap(OrderedMap&& other) noexcept
    : root_(std::exchange(other.root_, nullptr)), total_(std::exchange(other.total_, {})) {}

OrderedMap& OrderedMap::operator=(OrderedMap other) noexcept {
    std::swap(root_, other.root_);
    std::swap(total_, other.total_);
    return *this;
}

OrderedMap::~OrderedMap() { btree::release(root_); }

void OrderedMap::clear() { *this = OrderedMap(); }

OrderedMap OrderedMap::from_sorted(const std::vector<RecordPtr>& records) {
    OrderedMap map;
    std::vector<Entry> entries;
    entries.reserve(records.size());
    std::size_t sorted = 0;
    for (; sorted < records.size(); ++sorted) {
        if (sorted > 0 && records[sorted]->key() <= records[sorted - 1]->key()) break;
        entries.push_back({btree::prefix_of(records[sorted]->key()), RecordPtr(records[sorted]).detach(), nullptr, {}});
        map.total_ += {1, records[sorted]->weight()};
    }
    if (!entries.empty()) {
        entries = build_level(entries, 0, kLeafBuilt);
        for (std::uint32_t level = 1; entries.size() > 1; ++level) entries = build_level(entries, level, kInnerBuilt);
        map.root_ = entries.front().child;
        entries.front().key->release();
    }
    for (; sorted < records.size(); ++sorted) map.put(records[sorted]);
    return map;
}

const Record* OrderedMap::peek(std::string_view key) const {
    if (root_ == nullptr) return nullptr;
    const Probe probe(key);
    const Node* node = root_;
    while (!node->leaf()) node = node->children()[btree::child_index(node, probe)];
    const std::uint32_t index = btree::lower_bound(node, probe);
    return btree::holds(node, index, probe) ? node->keys()[index] : nullptr;
}

RecordPtr OrderedMap::put(RecordPtr record) {
    assert(record);
    if (root_ == nullptr) root_ = btree::make_node(0, 1);
    const Probe probe(record->key());
    const std::size_t weight = record->weight();
    RecordPtr replaced;
    const Split split = put_below(root_, probe, record.detach(), replaced);
    total_ += {1, weight};
    if (replaced) total_ -= {1, replaced->weight()};
    if (split.right != nullptr) {
        Node* root = btree::make_node(root_->level + 1, 2);
        RangeStats left_sum = total_;
        left_sum -= split.right_sum;
        // The lower bound of the old root, an inner node's first key, is that of the left edge again.
        btree::insert_entry(root, 0, Entry{0, left_edge(), root_, left_sum});
        btree::insert_entry(
            root, 1, Entry{btree::prefix_of(split.separator->key()), split.separator, split.right, split.right_sum});
        root_ = root;
    }
    return replaced;
}

RecordPtr OrderedMap::erase(std::string_view key) {
    // Looking first keeps a miss from copying nodes that a snapshot shares, and warms the path for a
    // hit.
    if (peek(key) == nullptr) return nullptr;
    RecordPtr removed = erase_below(root_, Probe(key));
    total_ -= {1, removed->weight()};
    if (root_->count == 0) {
        btree::release(std::exchange(root_, nullptr));
    } else if (root_->count == 1 && !root_->leaf()) {
        // A root with one child is a level too many. The root is writable here, so the child may be
        // taken.
        const Entry only = btree::remove_entry(root_, 0);
        only.key->release();
        btree::release(std::exchange(root_, only.child));
    }
    return removed;
}

RangeStats OrderedMap::stats_below(std::string_view key) const {
    RangeStats below;
    if (root_ == nullptr) return below;
    const Probe probe(key);
    const Node* node = root_;
    while (!node->leaf()) {
        const std::uint32_t index = btree::child_index(node, probe);
        below += btree::sum_of(node, 0, index);
        node = node->children()[index];
    }
    below += btree::sum_of(node, 0, btree::lower_bound(node, probe));
    return below;
}

RangeStats OrderedMap::range_stats(std::string_view from, std::optional<std::string_view> to) const {
    if (to && *to <= from) return {};
    RangeStats range = to ? stats_below(*to) : total_;
    range -= stats_below(from);
    return range;
}

const Record* OrderedMap::at(std::size_t index) const {
    if (index >= size()) return nullptr;
    std::uint64_t left = index;
    const Node* node = root_;
    while (!node->leaf()) {
        std::uint32_t child = 0;
        while (left >= node->sums()[child].count) left -= node->sums()[child++].count;
        node = node->children()[child];
    }
    return node->keys()[left];
}

const Record* OrderedMap::at_bytes(std::uint64_t offset) const {
    if (offset >= bytes()) return nullptr;
    const Node* node = root_;
    while (!node->leaf()) {
        std::uint32_t child = 0;
        while (offset >= node->sums()[child].bytes) offset -= node->sums()[child++].bytes;
        node = node->children()[child];
    }
    std::uint32_t index = 0;
    while (offset >= node->keys()[index]->weight()) offset -= node->keys()[index++]->weight();
    return node->keys()[index];
}

}  // namespace sortkey
