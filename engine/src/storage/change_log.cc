#include "storage/change_log.h"

#include <algorithm>
#include <utility>

namespace sortkey {
namespace {

constexpr std::uint64_t kHeldByChange = 32;

}  // namespace

std::uint64_t ChangeLog::append(Change change) {
    const std::uint64_t sequence = next_++;
    if (readers_.empty()) {
        front_ = oldest_ = next_;
        return sequence;
    }
    change.sequence = sequence;
    if (chunks_.empty()) front_ = oldest_ = sequence;
    if (chunks_.empty() || chunks_.back()->size() == kChunkChanges) {
        chunks_.push_back(std::make_shared<Chunk>());
    }
    writable(chunks_.back()).push_back(std::move(change));
    count_kept();
    return sequence;
}

ReaderId ChangeLog::open_reader() { return open_reader(next_); }

ReaderId ChangeLog::open_reader(std::uint64_t sequence) {
    readers_.push_back({next_reader_, std::clamp(sequence, oldest_, next_)});
    return next_reader_++;
}

void ChangeLog::close_reader(ReaderId reader) {
    std::erase_if(readers_, [&](const Reader& open) { return open.id == reader; });
    trim_read();
}

std::vector<Change> ChangeLog::read(ReaderId reader, std::size_t max) {
    Reader* from = find_reader(reader);
    if (from == nullptr) return {};
    std::vector<Change> changes = read_from(from->position, max);
    if (changes.empty()) return changes;
    const bool was_slowest = from->position == oldest_;
    from->position += changes.size();
    if (was_slowest) trim_read();
    return changes;
}

std::vector<Change> ChangeLog::read_from(std::uint64_t sequence, std::size_t max) const {
    sequence = std::clamp(sequence, oldest_, next_);
    const std::uint64_t count = std::min<std::uint64_t>(max, next_ - sequence);
    std::vector<Change> changes;
    changes.reserve(static_cast<std::size_t>(count));
    for (const std::uint64_t end = sequence + count; sequence < end; ++sequence) changes.push_back(change_at(sequence));
    return changes;
}

std::uint64_t ChangeLog::position(ReaderId reader) const {
    const Reader* found = find_reader(reader);
    return found == nullptr ? next_ : found->position;
}

std::size_t ChangeLog::pending(ReaderId reader) const { return static_cast<std::size_t>(next_ - position(reader)); }

std::size_t ChangeLog::trim_before(std::int64_t at_micros) {
    const std::uint64_t before = oldest_;
    std::uint64_t keep = oldest_;
    while (keep < next_ && change_at(keep).at_micros < at_micros) ++keep;
    for (Reader& reader : readers_) reader.position = std::max(reader.position, keep);
    trim_to(keep);
    return static_cast<std::size_t>(keep - before);
}

void ChangeLog::restart(std::uint64_t next_sequence) {
    chunks_.clear();
    front_ = oldest_ = next_ = next_sequence;
    for (Reader& reader : readers_) reader.position = next_sequence;
    count_kept();
}

ChangeLog::Chunk& ChangeLog::writable(std::shared_ptr<Chunk>& chunk) {
    if (chunk.use_count() > 1) chunk = std::make_shared<Chunk>(*chunk);
    return *chunk;
}

const Change& ChangeLog::change_at(std::uint64_t sequence) const {
    const std::uint64_t slot = sequence - front_;
    return (*chunks_[static_cast<std::size_t>(slot / kChunkChanges)])[static_cast<std::size_t>(slot % kChunkChanges)];
}

ChangeLog::Reader* ChangeLog::find_reader(ReaderId reader) {
    return const_cast<Reader*>(std::as_const(*this).find_reader(reader));
}

const ChangeLog::Reader* ChangeLog::find_reader(ReaderId reader) const {
    for (const Reader& open : readers_) {
        if (open.id == reader) return &open;
    }
    return nullptr;
}

void ChangeLog::trim_read() {
    std::uint64_t slowest = next_;
    for (const Reader& reader : readers_) slowest = std::min(slowest, reader.position);
    trim_to(slowest);
}

void ChangeLog::trim_to(std::uint64_t sequence) {
    while (!chunks_.empty() && front_ + chunks_.front()->size() <= sequence) {
        front_ += chunks_.front()->size();
        chunks_.pop_front();
    }
    // In the chunk that stays, let go of the records: 127 items of 400 KB would be 50 MB kept for
    // nothing. A chunk shared with a fork is left alone; the fork may still read it.
    if (!chunks_.empty() && chunks_.front().use_count() == 1) {
        for (std::uint64_t dropped = std::max(oldest_, front_); dropped < sequence; ++dropped) {
            Change& change = (*chunks_.front())[static_cast<std::size_t>(dropped - front_)];
            change.before = nullptr;
            change.after = nullptr;
        }
    }
    oldest_ = sequence;
    count_kept();
}

void ChangeLog::count_kept() { held_.set(size() * kHeldByChange); }

}  // namespace sortkey
