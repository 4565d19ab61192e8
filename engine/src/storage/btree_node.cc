#include "storage/btree_node.h"

#include <algorithm>
#include <cstring>
#include <new>

#include "support/held_memory.h"
#include "support/text.h"

namespace sortkey::btree {
namespace {

// Small tables keep small nodes; the steps bound what a half-empty node wastes.
std::uint32_t rounded_capacity(std::uint32_t wanted, std::uint32_t max) {
    static constexpr std::uint32_t kSteps[] = {2, 4, 8, 16, 24, 32, 40, 48, 56, 64};
    for (std::uint32_t step : kSteps) {
        if (step >= wanted) return std::min(step, max);
    }
    return max;
}

template <typename T>
void copy_array(T* to, const T* from, std::uint32_t count) {
    std::memmove(to, from, count * sizeof(T));
}

// Plain copies: references are moved along, or added by the caller. Ranges may overlap in one node.
void copy_entries(Node* to, std::uint32_t to_index, Node* from, std::uint32_t from_index, std::uint32_t count) {
    copy_array(to->prefixes() + to_index, from->prefixes() + from_index, count);
    copy_array(to->keys() + to_index, from->keys() + from_index, count);
    if (to->leaf()) return;
    copy_array(to->children() + to_index, from->children() + from_index, count);
    copy_array(to->sums() + to_index, from->sums() + from_index, count);
}

// What a node takes where pointers have four bytes.
std::uint64_t held_by(std::uint32_t level, std::uint32_t capacity) {
    constexpr std::uint64_t kPointer = 4;
    constexpr std::uint64_t kLeafEntry = sizeof(std::uint64_t) + kPointer;
    constexpr std::uint64_t kInnerEntry = kLeafEntry + kPointer + sizeof(RangeStats);
    return HeldMemory::block(sizeof(Node) + capacity * (level == 0 ? kLeafEntry : kInnerEntry));
}

void free_memory(Node* node) {
    HeldMemory::give(held_by(node->level, node->capacity));
    ::operator delete(node);
}

// REQUIRES that *slot is writable.
void reserve(Node*& slot, std::uint32_t count) {
    if (count <= slot->capacity) return;
    Node* larger = make_node(slot->level, count);
    copy_entries(larger, 0, slot, 0, slot->count);
    larger->count = slot->count;
    free_memory(slot);
    slot = larger;
}

// The first entry in [low, count) with key >= (or, if `after_equal`, >) the probe's, by prefix
// where that decides.
template <bool after_equal>
std::uint32_t bound(const Node* node, std::uint32_t low, const Probe& probe) {
    const std::uint64_t* prefixes = node->prefixes();
    const std::uint64_t* base = prefixes + low;
    std::uint32_t length = node->count - low;
    while (length > 1) {
        // Compiles to a conditional move: the outcome is a coin toss, so a branch would be
        // mispredicted.
        const std::uint32_t half = length / 2;
        base += base[half - 1] < probe.prefix ? half : 0;
        length -= half;
    }
    if (length == 1 && *base < probe.prefix) ++base;
    low = static_cast<std::uint32_t>(base - prefixes);
    std::uint32_t high = node->count;
    if (low == high || prefixes[low] != probe.prefix) return low;
    // Equal prefixes are one key, or a whole item collection. A look at the first entry serves the
    // former.
    const auto is_before = [&](std::uint32_t index) {
        if (prefixes[index] != probe.prefix) return false;
        const std::string_view key = node->keys()[index]->key();
        if (equal_text(key, probe.key)) return after_equal;
        return key.compare(probe.key) < 0;
    };
    if (!is_before(low)) return low;
    ++low;
    while (low < high) {
        const std::uint32_t middle = (low + high) / 2;
        if (is_before(middle)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

// Moves entries [index, count) of `from` behind those of *to. REQUIRES both writable.
void move_tail(Node* from, std::uint32_t index, Node*& to) {
    const std::uint32_t moved = from->count - index;
    reserve(to, to->count + moved);
    copy_entries(to, to->count, from, index, moved);
    to->count = static_cast<std::uint16_t>(to->count + moved);
    from->count = static_cast<std::uint16_t>(index);
}

// Moves the first `moved` entries of `from` behind those of *to. REQUIRES both writable.
void move_head(Node* from, std::uint32_t moved, Node*& to) {
    reserve(to, to->count + moved);
    copy_entries(to, to->count, from, 0, moved);
    to->count = static_cast<std::uint16_t>(to->count + moved);
    copy_entries(from, 0, from, moved, from->count - moved);
    from->count = static_cast<std::uint16_t>(from->count - moved);
}

// Moves entries [index, count) of `from` before those of *to. REQUIRES both writable.
void move_tail_before(Node* from, std::uint32_t index, Node*& to) {
    const std::uint32_t moved = from->count - index;
    reserve(to, to->count + moved);
    copy_entries(to, moved, to, 0, to->count);
    copy_entries(to, 0, from, index, moved);
    to->count = static_cast<std::uint16_t>(to->count + moved);
    from->count = static_cast<std::uint16_t>(index);
}

// What tells `right` from its left neighbour; carries a reference.
const Record* separator_between(const Node* left, const Node* right) {
    if (right->leaf()) return make_separator(left->keys()[left->count - 1]->key(), right->keys()[0]->key()).detach();
    right->keys()[0]->retain();
    return right->keys()[0];
}

}  // namespace

std::uint64_t prefix_of(std::string_view key) {
    unsigned char bytes[8] = {};
    if (!key.empty()) std::memcpy(bytes, key.data(), std::min<std::size_t>(key.size(), 8));
    std::uint64_t prefix = 0;
    for (unsigned char byte : bytes) prefix = prefix << 8 | byte;  // compilers make this one load and swap
    return prefix;
}

Probe::Probe(std::string_view sought) : key(sought), prefix(prefix_of(sought)) {}

std::uint32_t lower_bound(const Node* leaf, const Probe& probe) { return bound<false>(leaf, 0, probe); }

bool holds(const Node* leaf, std::uint32_t index, const Probe& probe) {
    return index < leaf->count && leaf->prefixes()[index] == probe.prefix &&
           equal_text(leaf->keys()[index]->key(), probe.key);
}

std::uint32_t child_index(const Node* inner, const Probe& probe) {
    // Entry 0 is the node's own lower bound, which the way down has already compared.
    return bound<true>(inner, 1, probe) - 1;
}

std::size_t memory_of(std::uint32_t level, std::uint32_t capacity) {
    std::size_t entry = sizeof(std::uint64_t) + sizeof(const Record*);
    if (level > 0) entry += sizeof(Node*) + sizeof(RangeStats);
    return sizeof(Node) + capacity * entry;
}

Node* make_node(std::uint32_t level, std::uint32_t capacity) {
    const std::uint32_t rounded = rounded_capacity(capacity, level == 0 ? kLeafMax : kInnerMax);
    auto* node = new (::operator new(memory_of(level, rounded))) Node;
    HeldMemory::take(held_by(level, rounded));
    node->references = 1;
    node->count = 0;
    node->capacity = static_cast<std::uint16_t>(rounded);
    node->level = level;
    return node;
}

void release(Node* node) {
    if (node == nullptr || --node->references > 0) return;
    for (std::uint32_t i = 0; i < node->count; ++i) {
        node->keys()[i]->release();
        if (!node->leaf()) release(node->children()[i]);
    }
    free_memory(node);
}

void make_writable(Node*& slot) {
    if (slot->references == 1) return;
    // Room for one more: most changes are insertions.
    Node* copy = make_node(slot->level, slot->count + 1U);
    copy_entries(copy, 0, slot, 0, slot->count);
    copy->count = slot->count;
    for (std::uint32_t i = 0; i < copy->count; ++i) {
        copy->keys()[i]->retain();
        if (!copy->leaf()) ++copy->children()[i]->references;
    }
    --slot->references;
    slot = copy;
}

void insert_entry(Node*& slot, std::uint32_t index, Entry entry) {
    reserve(slot, slot->count + 1U);
    Node* node = slot;
    copy_entries(node, index + 1, node, index, node->count - index);
    ++node->count;
    node->prefixes()[index] = entry.prefix;
    node->keys()[index] = entry.key;
    if (node->leaf()) return;
    node->children()[index] = entry.child;
    node->sums()[index] = entry.sum;
}

Entry remove_entry(Node* node, std::uint32_t index) {
    Entry entry{node->prefixes()[index], node->keys()[index], nullptr, {}};
    if (!node->leaf()) {
        entry.child = node->children()[index];
        entry.sum = node->sums()[index];
    }
    copy_entries(node, index, node, index + 1, node->count - index - 1);
    --node->count;
    return entry;
}

Split insert_or_split(Node*& slot, std::uint32_t index, Entry entry) {
    if (slot->count < slot->max()) {
        insert_entry(slot, index, entry);
        return {};
    }
    // An insertion at the end is likely one of an ascending run (a sort key that is a time): leave
    // the left node well filled rather than half empty for ever.
    const std::uint32_t at = index == slot->count ? slot->count - slot->min() : slot->count / 2U;
    Split split;
    split.right = make_node(slot->level, slot->count - at + 1U);
    move_tail(slot, at, split.right);
    if (index <= at) {
        insert_entry(slot, index, entry);
    } else {
        insert_entry(split.right, index - at, entry);
    }
    split.separator = separator_between(slot, split.right);
    split.right_sum = sum_of(split.right, 0, split.right->count);
    return split;
}

void rebalance(Node* parent, std::uint32_t index) {
    const std::uint32_t l = index > 0 ? index - 1 : 0;
    const std::uint32_t r = l + 1;
    Node*& left = parent->children()[l];
    Node*& right = parent->children()[r];
    RangeStats* sums = parent->sums();
    make_writable(left);
    make_writable(right);
    const std::uint32_t both = left->count + right->count;
    if (both <= left->max() * 3 / 4) {
        move_tail(right, 0, left);
        sums[l] += sums[r];
        const Entry gone = remove_entry(parent, r);
        gone.key->release();
        release(gone.child);
        return;
    }
    const std::uint32_t wanted = both / 2;
    RangeStats moved;
    if (left->count < wanted) {
        const std::uint32_t count = wanted - left->count;
        moved = sum_of(right, 0, count);
        move_head(right, count, left);
        sums[l] += moved;
        sums[r] -= moved;
    } else {
        moved = sum_of(left, wanted, left->count);
        move_tail_before(left, wanted, right);
        sums[l] -= moved;
        sums[r] += moved;
    }
    parent->keys()[r]->release();
    parent->keys()[r] = separator_between(left, right);
    parent->prefixes()[r] = prefix_of(parent->keys()[r]->key());
}

RangeStats sum_of(const Node* node, std::uint32_t from, std::uint32_t to) {
    RangeStats sum;
    for (std::uint32_t i = from; i < to; ++i) {
        sum += node->leaf() ? RangeStats{1, node->keys()[i]->weight()} : node->sums()[i];
    }
    return sum;
}

RecordPtr make_separator(std::string_view left, std::string_view right) {
    std::size_t same = 0;
    while (same < left.size() && left[same] == right[same]) ++same;
    return Record::make(right.substr(0, same + 1), {});
}

}  // namespace sortkey::btree
