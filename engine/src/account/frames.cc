#include "account/frames.h"

#include "sortkey/version.h"
#include "support/crc32.h"
#include "support/varint.h"

namespace sortkey {

void FrameWriter::record(char tag) {
    if (!open_) {
        open_ = true;
        start_ = out_.size();
        out_ += "SKJ";
        out_.push_back(static_cast<char>(kJournalFormat));
        out_.append(kFrameHeaderBytes - 4, '\0');  // length and checksum, once they are known
    }
    out_.push_back(tag);
}

void FrameWriter::number(uint64_t value) { append_varint(out_, value); }

void FrameWriter::text(std::string_view value) {
    append_varint(out_, value.size());
    out_ += value;
}

void FrameWriter::flush() {
    if (!open_) return;
    open_ = false;
    const std::string_view payload = std::string_view(out_).substr(start_ + kFrameHeaderBytes);
    store_u32(out_.data() + start_ + 4, static_cast<uint32_t>(payload.size()));
    store_u32(out_.data() + start_ + 8, crc32(payload));
}

FrameFault read_frame(std::string_view bytes, size_t& offset, std::string_view& payload, int& version) {
    const std::string_view rest = bytes.substr(offset);
    if (rest.empty()) return FrameFault::End;
    if (rest.size() < kFrameHeaderBytes) return FrameFault::Truncated;
    if (rest.substr(0, 3) != "SKJ") return FrameFault::NotAFrame;
    version = static_cast<unsigned char>(rest[3]);
    if (version > kJournalFormat) return FrameFault::NewerFormat;
    const uint32_t length = load_u32(rest.data() + 4);
    if (rest.size() - kFrameHeaderBytes < length) return FrameFault::Truncated;
    payload = rest.substr(kFrameHeaderBytes, length);
    if (crc32(payload) != load_u32(rest.data() + 8)) return FrameFault::Checksum;
    offset += kFrameHeaderBytes + length;
    return FrameFault::None;
}

size_t next_frame(std::string_view bytes, size_t offset, uint64_t& work) {
    for (size_t at = bytes.find("SKJ", offset); at != std::string_view::npos; at = bytes.find("SKJ", at + 1)) {
        if (bytes.size() - at < kFrameHeaderBytes) break;
        const uint64_t length = load_u32(bytes.data() + at + 4);
        if (static_cast<unsigned char>(bytes[at + 3]) > kJournalFormat || length > work) continue;
        work -= length;
        size_t behind = at;
        std::string_view payload;
        int version = 0;
        if (read_frame(bytes, behind, payload, version) == FrameFault::None) return at;
    }
    return bytes.size();
}

std::string fault_text(FrameFault fault, int version) {
    switch (fault) {
        case FrameFault::Truncated:
            return "the data ends in the middle of a frame";
        case FrameFault::NotAFrame:
            return "these bytes are not a journal frame";
        case FrameFault::Checksum:
            return "checksum mismatch";
        case FrameFault::NewerFormat:
            return "newer format " + std::to_string(version);
        default:
            return {};
    }
}

char RecordReader::tag() {
    if (rest_.empty()) {
        ok_ = false;
        return 0;
    }
    const char tag = rest_.front();
    rest_.remove_prefix(1);
    return tag;
}

uint64_t RecordReader::number() {
    uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
        if (rest_.empty()) break;
        const auto byte = static_cast<unsigned char>(rest_.front());
        rest_.remove_prefix(1);
        value |= static_cast<uint64_t>(byte & 0x7f) << shift;
        if (byte < 0x80) return value;
    }
    ok_ = false;
    return 0;
}

std::string_view RecordReader::text() {
    const uint64_t length = number();
    if (!ok_ || length > rest_.size()) {
        ok_ = false;
        return {};
    }
    const std::string_view value = rest_.substr(0, static_cast<size_t>(length));
    rest_.remove_prefix(static_cast<size_t>(length));
    return value;
}

}  // namespace sortkey
