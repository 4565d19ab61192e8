// Capacity units of one request on one table, with the arithmetic behind every number (spec: capacity.md §1, §2).
//
// Units are counted in halves, so that sums are exact. An *arm* is what a bill shows: the table's or one index's, read
// or write. A *part* is one charge in it, rounded by itself: an item of a batch, an old entry of an index. Rows of a
// Query or Scan are one part however many they are, because the service adds them up before it rounds.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "storage/record.h"

namespace sortkey {

/// Unnamed: part of the total, but of no arm the answer shows (failed members of a PartiQL batch).
enum class ArmKind : uint8_t { Table, Local, Global, Unnamed };

/// Read factor in halves: eventual ½, strong 1, transactional 2.
enum class ReadFactor : uint8_t { Eventual = 1, Strong = 2, Transactional = 4 };

/// What one part is charged for.
enum class ChargedFor : uint8_t {
    Rows,             ///< rows of one stretch of a table or index, added up
    ItemRead,         ///< an item found by its key
    AbsentItem,       ///< looking for an item that is not there, to read, delete or check it
    ItemReadAgain,    ///< what a repeated transaction reads instead of writing
    ItemWritten,      ///< put or changed: the larger of before and after
    ItemDeleted,      ///< its size before
    ItemChecked,      ///< condition check of a transaction
    ConditionFailed,  ///< a write that was not made
    Cancelled,        ///< an action of a transaction that came to nothing
    EntryWritten,     ///< a new entry of an index
    EntryRemoved,     ///< an old entry of an index
    EntryChanged,     ///< an entry that keeps its place: the larger of before and after
};

inline constexpr uint64_t kReadBlockBytes = 4096;
inline constexpr uint64_t kWriteBlockBytes = 1024;

/// Blocks of `block` bytes, at least one.
inline uint64_t blocks_of(uint64_t bytes, uint64_t block) { return bytes <= block ? 1 : (bytes + block - 1) / block; }

struct Arm {
    ArmKind kind = ArmKind::Table;
    bool write = false;
    uint8_t factor_halves = 2;  ///< half units per block
    std::string index;          ///< index name, empty for the table
    uint64_t bytes = 0;         ///< Σ bytes of the parts
    uint64_t blocks = 0;        ///< Σ blocks of the parts, each rounded up
    uint64_t items = 0;         ///< items or rows
    uint64_t parts = 0;         ///< of which the first are listed

    uint64_t halves() const { return blocks * factor_halves; }
};

struct Part {
    uint32_t arm = 0;  ///< its place among the arms
    ChargedFor what = ChargedFor::ItemRead;
    uint32_t old_bytes = 0;  ///< of a write: before and after
    uint32_t new_bytes = 0;
    uint64_t bytes = 0;
    uint64_t blocks = 0;
    uint64_t items = 1;
    RecordPtr item;  ///< whose key tells which item it was; may be null
};

/// A write of an item or index entry: `bytes` before and after, and the item it belongs to (may be null).
struct WriteCharge {
    ChargedFor what = ChargedFor::ItemWritten;
    uint32_t old_bytes = 0;
    uint32_t new_bytes = 0;
    const Record* item = nullptr;
};

class Consumed {
public:
    /// Parts of one arm that are kept; the sums know all.
    static constexpr uint64_t kPartsMax = 100;

    /// Keeps the memory for the next request.
    void clear() {
        arms_.clear();
        parts_.clear();
    }
    bool empty() const { return arms_.empty(); }

    /// One item found by its key, or null if it is not there.
    void read_item(const Record* found, ReadFactor factor);
    /// Rows of one stretch, added up and rounded once.
    void read_rows(ArmKind kind, std::string_view index, uint64_t bytes, uint64_t items, ReadFactor factor);
    /// What a repeated transaction reads: `items` of them, rounded to `blocks` when they were written.
    void read_again(uint64_t bytes, uint64_t blocks, uint64_t items);
    /// An item of the table. `arm`: Table or Unnamed.
    void write_item(const WriteCharge& charge, bool transactional = false, ArmKind arm = ArmKind::Table);
    /// An entry of an index.
    void write_entry(ArmKind kind, std::string_view index, const WriteCharge& charge);

    uint64_t read_halves() const { return halves(false); }
    uint64_t write_halves() const { return halves(true); }
    const std::vector<Arm>& arms() const { return arms_; }
    /// The first parts of all arms, in the order they were charged.
    const std::vector<Part>& parts() const { return parts_; }

    /// The ConsumedCapacity structure. `indexes`: with Table and index members; `split`: with Read/WriteCapacityUnits,
    /// as transactions answer.
    void write_json(std::string& json, std::string_view table_name, bool indexes, bool split) const;

private:
    uint64_t halves(bool write) const;
    void write_indexes(std::string& json, ArmKind kind, std::string_view member, bool split) const;
    void write(ArmKind kind, std::string_view index, const WriteCharge& charge, uint8_t factor_halves);
    void add(ArmKind kind, bool write, uint8_t factor_halves, std::string_view index, Part part);

    std::vector<Arm> arms_;
    std::vector<Part> parts_;
};

}  // namespace sortkey
