// Journal frames: what bytes on disk look like.
//
// frame   = "SKJ" version(1 byte) length(u32) crc32(u32, of the payload) payload
// payload = records
// record  = tag (1 byte), then varints and length-prefixed strings:
//   Z                     everything before is void (start of a complete state, or a reset)
//   R region              the records that follow belong to this Region
//   W json                clock, seed, generator, settings, events, next change number; "entry" counts the drains
//   T json                definition of a table, new or changed
//   P table key item      an item was written
//   D table key           an item was removed
//   X table               a table was dropped
//   S json                a stream, new or changed; the C records that follow belong to it
//   C number at cause key old new   a change in that stream; an image of no bytes is no item
//   M table read write    running totals of consumed half units
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sortkey {

inline constexpr size_t kFrameHeaderBytes = 12;
inline constexpr size_t kFramePayloadTarget = 256 * 1024;  ///< a frame is closed once it is this large

/// Writes records into frames.
class FrameWriter {
public:
    explicit FrameWriter(std::string& out) : out_(out) {}
    /// Begins a record; its fields follow through the other functions.
    void record(char tag);
    void number(uint64_t value);
    void text(std::string_view value);
    /// Closes the frame if it is large enough; true if it did. Call between records that may be applied apart, and
    /// name the Region again afterwards: every frame stands for itself.
    bool boundary() {
        if (!open_ || out_.size() - start_ < kFramePayloadTarget) return false;
        flush();
        return true;
    }
    /// Closes the frame, if there is anything in it.
    void flush();

private:
    std::string& out_;
    size_t start_ = 0;  // of the frame that is open
    bool open_ = false;
};

enum class FrameFault : uint8_t { None, End, Truncated, NotAFrame, Checksum, NewerFormat };

/// The frame at `offset`; on success moves `offset` behind it. Faults leave `offset` as it was.
FrameFault read_frame(std::string_view bytes, size_t& offset, std::string_view& payload, int& version);

/// Where the next sound frame begins, from `offset` on; the end of `bytes` if there is none. Looks at `work` bytes at
/// most, which are taken from it: stored bytes may be made to look like very many frames.
size_t next_frame(std::string_view bytes, size_t offset, uint64_t& work);

/// "checksum mismatch" and the like.
std::string fault_text(FrameFault fault, int version);

/// Reads the fields of records; every read is bounds-checked because stored bytes are not trusted.
class RecordReader {
public:
    explicit RecordReader(std::string_view payload) : rest_(payload) {}
    bool done() const { return rest_.empty(); }
    size_t left() const { return rest_.size(); }
    bool ok() const { return ok_; }
    /// The rest cannot be read.
    void fail() { ok_ = false; }
    char tag();
    uint64_t number();
    std::string_view text();

private:
    std::string_view rest_;
    bool ok_ = true;
};

}  // namespace sortkey
