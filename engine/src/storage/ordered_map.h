// An ordered map from key bytes to records whose versions are values: a copy-on-write B+tree.
//
//   OrderedMap songs;
//   RecordPtr replaced = songs.put(Record::make(key, item));   // null: the key is new
//   OrderedMap backup = songs;                                 // a snapshot, O(1)
//   songs.erase(key);                                          // `backup` does not notice
//   OrderedMap::Cursor at(songs);
//   for (at.lower_bound(from); at.valid() && at.key() < to; at.next()) use(at.value());
//   RangeStats range = songs.range_stats(from, to);            // records and bytes, O(log n)
//
// Keys are compared as unsigned bytes (memcmp), a shorter key before a longer one that begins with
// it. Invariants: all leaves at the same depth; every node but the root at least a quarter full; a
// node is changed in place while one map holds it and is copied (with the path to it) as soon as
// two do; inner nodes know how many records and bytes are below each child.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/range_stats.h"
#include "storage/record.h"

namespace sortkey {

namespace btree {
struct Node;
}  // namespace btree

class OrderedMap {
public:
    OrderedMap() = default;
    /// O(1): the copy shares every node until one of the two changes it.
    OrderedMap(const OrderedMap& other);
    OrderedMap(OrderedMap&& other) noexcept;
    OrderedMap& operator=(OrderedMap other) noexcept;
    ~OrderedMap();

    /// Builds a well-filled map in O(n), for restore. Records should come in strictly ascending key
    /// order; from the first that does not, the rest is put one by one (the last of equal keys wins),
    /// so that damaged input can never make a damaged tree. REQUIRES no null among them.
    static OrderedMap from_sorted(const std::vector<RecordPtr>& records);

    /// The record with this key, or null.
    RecordPtr find(std::string_view key) const { return RecordPtr(peek(key)); }
    /// The same without touching the reference count; valid until this map changes.
    const Record* peek(std::string_view key) const;

    /// Stores the record under its key; returns the record it replaced, or null. REQUIRES record !=
    /// null.
    RecordPtr put(RecordPtr record);
    /// Removes and returns the record with this key; null, and nothing is copied, if there is none.
    RecordPtr erase(std::string_view key);
    void clear();

    std::size_t size() const { return static_cast<std::size_t>(total_.count); }
    bool empty() const { return total_.count == 0; }
    /// Weights of all records; key and value bytes where none were given.
    std::uint64_t bytes() const { return total_.bytes; }

    /// Records with key < `key`. O(log n).
    RangeStats stats_below(std::string_view key) const;
    /// Records with from <= key < to; without `to`, to the end. Zero if to <= from. O(log n).
    RangeStats range_stats(std::string_view from, std::optional<std::string_view> to = std::nullopt) const;
    /// The record with exactly `index` records before it, null if index >= size(). O(log n).
    const Record* at(std::size_t index) const;
    /// The record that holds byte `offset` when all are laid end to end in key order, null if
    /// offset >= bytes(). O(log n). The median by bytes of [a, b) is
    /// at_bytes(stats_below(a).bytes + range_stats(a, b).bytes / 2).
    const Record* at_bytes(std::uint64_t offset) const;
    /// Key of at(index). REQUIRES index < size().
    std::string_view key_at(std::size_t index) const { return at(index)->key(); }

    /// True if both are the same version: equal without looking at a single record. O(1).
    bool same_version(const OrderedMap& other) const { return root_ == other.root_; }

    /// For tests: an empty string, or what is wrong with the tree. O(n).
    std::string check_invariants() const;
    /// For tests and benchmarks: bytes asked of the allocator for nodes and separators, not records.
    /// O(n).
    std::size_t node_memory() const;

    class Cursor;

private:
    btree::Node* root_ = nullptr;  // null when empty, so that an empty map costs nothing
    RangeStats total_;
};

/// A place in one version of a map. It holds that version like a snapshot: changing the map while
/// cursors live is safe, they keep seeing what was there, and the change pays for copying its path.
/// A cursor that ran off either end is not valid(); next() and prev() leave it so, any seek revives
/// it.
class OrderedMap::Cursor {
public:
    explicit Cursor(const OrderedMap& map);
    Cursor(const Cursor&) = default;
    Cursor& operator=(const Cursor&) = default;

    void first();
    void last();
    void lower_bound(std::string_view key);  ///< to the first record with key >= `key`
    void upper_bound(std::string_view key);  ///< to the first record with key > `key`
    void at_most(std::string_view key);      ///< to the last record with key <= `key`
    void below(std::string_view key);        ///< to the last record with key < `key`

    bool valid() const { return depth_ != 0; }
    void next();  ///< REQUIRES nothing; not valid() after the last record
    void prev();  ///< REQUIRES nothing; not valid() after the first record

    /// REQUIRES valid(). The record lives at least as long as the cursor stays where it is.
    const Record* record() const;
    std::string_view key() const { return record()->key(); }
    std::string_view value() const { return record()->value(); }

private:
    struct Step {
        const btree::Node* node;
        std::uint32_t index;
    };
    // Inner nodes have at least 8 children and leaves 16 records, a root 2: 12 levels hold at least
    // 2^35 records.
    static constexpr std::uint32_t kDepthMax = 12;

    void seek(std::string_view key, bool after_equal);
    void descend(const btree::Node* node, bool to_last);
    void climb_next();
    void climb_prev();

    OrderedMap version_;
    Step path_[kDepthMax];
    std::uint32_t depth_ = 0;  // steps in path_, the last of them in a leaf; 0 = not valid
};

}  // namespace sortkey
