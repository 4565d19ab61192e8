// Journal frames: what bytes on disk look like.
//
// frame   = "SKJ" version(1 byte) length(u32) crc32(u32, of the payload) payload
// payload = records, applied all or none
// record  = tag (1 byte), then varints and length-prefixed strings:
//   Z                     everything before is void (start of a complete state, or a reset)
//   R region              the records that follow belong to this Region
//   W json                clock, seed, generator, settings, events, next change number
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

/// Collects records and closes frames.
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
        if (payload_.size() < kFramePayloadTarget) return false;
        flush();
        return true;
    }
    /// Closes the frame, if there is anything in it.
    void flush();

private:
    std::string& out_;
    std::string payload_;
};

enum class FrameFault : uint8_t { None, End, Truncated, NotAFrame, Checksum, NewerFormat };

/// The frame at `offset`; on success moves `offset` behind it. Faults leave `offset` as it was.
FrameFault read_frame(std::string_view bytes, size_t& offset, std::string_view& payload, int& version);

/// "checksum mismatch" and the like.
std::string fault_text(FrameFault fault, int version);

/// Reads the fields of records; every read is bounds-checked because stored bytes are not trusted.
class RecordReader {
public:
    explicit RecordReader(std::string_view payload) : rest_(payload) {}
    bool done() const { return rest_.empty(); }
    bool ok() const { return ok_; }
    char tag();
    uint64_t number();
    std::string_view text();

private:
    std::string_view rest_;
    bool ok_ = true;
};

}  // namespace sortkey
