// Nodes of the copy-on-write B+tree behind OrderedMap, and what is done with one or two of them.
// Private to storage/ordered_map*.cc.
//
// A node is one block of memory: the header, then parallel arrays of `capacity` entries.
//   leaf   prefixes[], keys[]                        keys are the stored records
//   inner  prefixes[], keys[], children[], sums[]    keys are records with a key only: the lower bound of the child,
//                                                    as short as tells it from its neighbour
// prefixes[i] is the first 8 bytes of keys[i], big-endian, padded with zeros: comparing two
// prefixes decides unless they are equal, without a visit to the record. Table keys begin with a
// 64-bit hash. keys[0] of an inner node is the node's own lower bound (empty on the left edge of
// the tree), so entries move between neighbours without special cases.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "storage/range_stats.h"
#include "storage/record.h"

namespace sortkey::btree {

inline constexpr std::uint32_t kLeafMax = 64;
inline constexpr std::uint32_t kInnerMax = 32;
// Neighbours are joined if they fill at most 3/4 of a node, else evened out; both leave more than
// the minimum.
inline constexpr std::uint32_t kLeafMin = kLeafMax / 4;
inline constexpr std::uint32_t kInnerMin = kInnerMax / 4;
static_assert(kInnerMin >= 2, "a node that is too small needs a neighbour below the same parent");

struct alignas(8) Node {
    std::uint32_t references;
    std::uint16_t count;
    std::uint16_t capacity;
    std::uint32_t level;  // 0 = leaf

    bool leaf() const { return level == 0; }
    std::uint32_t max() const { return leaf() ? kLeafMax : kInnerMax; }
    std::uint32_t min() const { return leaf() ? kLeafMin : kInnerMin; }

    std::uint64_t* prefixes() { return reinterpret_cast<std::uint64_t*>(this + 1); }
    const Record** keys() { return reinterpret_cast<const Record**>(prefixes() + capacity); }
    Node** children() { return reinterpret_cast<Node**>(prefixes() + capacity) + capacity; }
    RangeStats* sums() { return reinterpret_cast<RangeStats*>(children() + capacity); }

    const std::uint64_t* prefixes() const { return const_cast<Node*>(this)->prefixes(); }
    const Record* const* keys() const { return const_cast<Node*>(this)->keys(); }
    const Node* const* children() const { return const_cast<Node*>(this)->children(); }
    const RangeStats* sums() const { return const_cast<Node*>(this)->sums(); }
};
static_assert(sizeof(Node) == 16, "the arrays behind the header must stay aligned");

/// One entry, on its way in or out of a node. `key` and `child` carry a reference with them.
struct Entry {
    std::uint64_t prefix = 0;
    const Record* key = nullptr;
    Node* child = nullptr;  // null in leaves, as are the sums
    RangeStats sum;
};

/// A key to look for, with its prefix worked out once for all levels.
struct Probe {
    explicit Probe(std::string_view sought);
    std::string_view key;
    std::uint64_t prefix;
};

std::uint64_t prefix_of(std::string_view key);

/// First entry of a leaf with key >= the probe's; count if there is none.
std::uint32_t lower_bound(const Node* leaf, const Probe& probe);
/// True if the entry exists and has the probe's key.
bool holds(const Node* leaf, std::uint32_t index, const Probe& probe);
/// The child of an inner node in which the key belongs.
std::uint32_t child_index(const Node* inner, const Probe& probe);

/// An empty node with one reference, for at least `capacity` entries.
Node* make_node(std::uint32_t level, std::uint32_t capacity);
/// Gives up one reference; the last frees the node and everything only it holds. Null is fine.
void release(Node* node);
/// Bytes asked of the allocator for a node, on this machine.
std::size_t memory_of(std::uint32_t level, std::uint32_t capacity);

/// Before a change: replaces *slot by a copy unless nobody else holds it. REQUIRES that the owner
/// of the slot is itself writable.
void make_writable(Node*& slot);

/// REQUIRE a writable node; insert also that count < max().
void insert_entry(Node*& slot, std::uint32_t index, Entry entry);
Entry remove_entry(Node* node, std::uint32_t index);

/// The upper part of a node that became too full.
struct Split {
    Node* right = nullptr;  // null: nothing was split
    const Record* separator = nullptr;
    RangeStats right_sum;
};
/// Inserts, splitting the node if it is full.
Split insert_or_split(Node*& slot, std::uint32_t index, Entry entry);
/// Joins child `index`, which has become too small, with a neighbour, or evens the two out.
void rebalance(Node* parent, std::uint32_t index);

/// Records and bytes below entries [from, to).
RangeStats sum_of(const Node* node, std::uint32_t from, std::uint32_t to);
/// A key-only record: the shortest key k with left < k <= right. REQUIRES left < right.
RecordPtr make_separator(std::string_view left, std::string_view right);

}  // namespace sortkey::btree
