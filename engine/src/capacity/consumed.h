// Capacity units of one request on one table, with the arithmetic behind every number (spec: capacity.md §1, §2).
//
// Units are counted in halves, so that sums are exact. An *arm* is one charge: the table's or one index's, read or
// write.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sortkey {

/// Unnamed: part of the total, but of no arm the answer shows (failed members of a PartiQL batch).
enum class ArmKind : uint8_t { Table, Local, Global, Unnamed };

/// Read factor in halves: eventual ½, strong 1, transactional 2.
enum class ReadFactor : uint8_t { Eventual = 1, Strong = 2, Transactional = 4 };

inline constexpr uint64_t kReadBlockBytes = 4096;
inline constexpr uint64_t kWriteBlockBytes = 1024;

/// Blocks of `block` bytes, at least one.
inline uint64_t blocks_of(uint64_t bytes, uint64_t block) { return bytes <= block ? 1 : (bytes + block - 1) / block; }

struct Arm {
    ArmKind kind = ArmKind::Table;
    bool write = false;
    uint8_t factor_halves = 2;  ///< half units per block
    std::string index;          ///< index name, empty for the table
    uint64_t bytes = 0;         ///< what was rounded (several items of their own: their sum)
    uint64_t blocks = 0;        ///< after rounding
    uint32_t items = 0;

    uint64_t halves() const { return blocks * factor_halves; }
};

class Consumed {
public:
    void clear() { arms_.clear(); }
    bool empty() const { return arms_.empty(); }

    /// Bytes read together, rounded once.
    void read(ArmKind kind, std::string_view index, uint64_t bytes, uint32_t items, ReadFactor factor);
    /// An item written: the larger of its sizes before and after.
    void write(ArmKind kind, std::string_view index, uint64_t bytes, bool transactional = false);
    /// Already rounded blocks, e.g. delete + insert of an index entry.
    void add(Arm arm);

    uint64_t read_halves() const { return halves(false); }
    uint64_t write_halves() const { return halves(true); }
    const std::vector<Arm>& arms() const { return arms_; }

    /// The ConsumedCapacity structure. `indexes`: with Table and index members; `split`: with Read/WriteCapacityUnits,
    /// as transactions answer.
    void write_json(std::string& json, std::string_view table_name, bool indexes, bool split) const;

private:
    uint64_t halves(bool write) const;
    void write_indexes(std::string& json, ArmKind kind, std::string_view member, bool split) const;

    std::vector<Arm> arms_;
};

/// "612 B → 1 block of 4 KB × ½ (eventually consistent read) = 0.5 RCU"
std::string derivation_text(const Arm& arm);

}  // namespace sortkey
