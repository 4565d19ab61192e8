// The change log: every change of every table in the order it happened, for those who follow along.
//
//   ChangeLog log;
//   ReaderId journal = log.open_reader();                 // sees what is appended from now on
//   log.append({.at_micros = now, .table = 3, .cause = Cause::Request, .before = old, .after = item});
//   for (const Change& change : log.read(journal, 1000)) store(change);
//   log.close_reader(journal);
//
// Kept is what some reader has not read; without readers an append only counts. A reader that keeps
// history (a stream's 24 hours, a PITR window) is opened and never read: it uses read_from() and
// trim_before(). Copying a log shares its full chunks, so an account can be forked cheaply.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <vector>

#include "storage/record.h"
#include "support/held_memory.h"

namespace sortkey {

/// What made the change. Stored in journals: values are never renumbered.
enum class Cause : std::uint8_t { Request = 0, Transaction = 1, TimeToLive = 2, Restore = 3, Replication = 4 };

struct Change {
    std::uint64_t sequence = 0;  ///< assigned by append(): 1, 2, 3, … without gaps
    std::int64_t at_micros = 0;  ///< virtual time, microseconds since the epoch
    std::uint32_t table = 0;
    Cause cause = Cause::Request;
    RecordPtr before;  ///< null: the item is new
    RecordPtr after;   ///< null: the item was removed
};

using ReaderId = std::uint32_t;

class ChangeLog {
public:
    /// Gives the change the next sequence number, which is returned, and keeps it if anyone reads.
    /// O(1).
    std::uint64_t append(Change change);

    /// A reader positioned after the newest change; ids are not reused.
    ReaderId open_reader();
    /// A reader positioned at `sequence`, or at the oldest change kept if that is gone already.
    ReaderId open_reader(std::uint64_t sequence);
    /// Forgets the reader, and what only it had still to read. Unknown ids are ignored.
    void close_reader(ReaderId reader);

    /// The next `max` changes at most, oldest first; the reader moves past them. Empty for unknown
    /// ids. If trim_before() overtook the reader, the first sequence number is higher than position()
    /// promised.
    std::vector<Change> read(ReaderId reader, std::size_t max);
    /// Changes kept from `sequence` on, oldest first, `max` at most; moves nobody.
    std::vector<Change> read_from(std::uint64_t sequence, std::size_t max) const;

    /// Sequence number of the next change the reader gets; next_sequence() for unknown ids.
    std::uint64_t position(ReaderId reader) const;
    /// How many changes the reader has still to read.
    std::size_t pending(ReaderId reader) const;

    /// Drops changes with at_micros < `at_micros`, read or not (up to the first that is younger);
    /// readers that had not come so far go on behind them. Returns how many were dropped.
    std::size_t trim_before(std::int64_t at_micros);
    /// Drops all changes and continues with the given number, for restore; readers stay open, at the
    /// end.
    void restart(std::uint64_t next_sequence);

    std::uint64_t next_sequence() const { return next_; }
    std::uint64_t oldest_sequence() const { return oldest_; }  ///< next_sequence() if nothing is kept
    std::size_t size() const { return static_cast<std::size_t>(next_ - oldest_); }
    bool has_readers() const { return !readers_.empty(); }

private:
    static constexpr std::size_t kChunkChanges = 128;
    // Every chunk but the last is full, so a sequence number is an index. Chunks may be shared by
    // forks.
    using Chunk = std::vector<Change>;
    struct Reader {
        ReaderId id;
        std::uint64_t position;
    };

    Chunk& writable(std::shared_ptr<Chunk>& chunk);
    const Change& change_at(std::uint64_t sequence) const;
    Reader* find_reader(ReaderId reader);
    const Reader* find_reader(ReaderId reader) const;
    void count_kept();
    void trim_read();
    void trim_to(std::uint64_t sequence);

    std::deque<std::shared_ptr<Chunk>> chunks_;
    std::uint64_t front_ = 1;   // sequence of the first slot of chunks_.front()
    std::uint64_t oldest_ = 1;  // first change kept; front_ <= oldest_ <= next_
    std::uint64_t next_ = 1;
    std::vector<Reader> readers_;
    ReaderId next_reader_ = 1;
    HeldMemory held_;  // of the changes kept, without their records
};

}  // namespace sortkey
