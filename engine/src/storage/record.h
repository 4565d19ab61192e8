// A record: one key and one value in one immutable, reference-counted block of memory.
//
//   RecordPtr song = Record::make(key_bytes, item_bytes, weight);
//   song->key();                        // the bytes given, valid while any RecordPtr holds the record
//   song->weight();                     // what it counts in the sums of a map; its size if none was given
//   RecordPtr same = song;              // one more reference, no copy of the bytes
//   RecordPtr kept(cursor.record());    // a raw pointer is retained, so it outlives the cursor
//
// Records are shared by versions of a map, indexes and the change log, so they never change after
// make(). Reference counts are plain integers: the engine is single-threaded.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <string_view>
#include <utility>

#include "support/held_memory.h"

namespace sortkey {

class RecordPtr;

/// Layout in memory: {references, key length, value length, weight, key bytes, value bytes}.
class Record {
public:
    /// Copies both byte strings into a new record. REQUIRES both together shorter than 4 GiB.
    static RecordPtr make(std::string_view key, std::string_view value);
    /// The same for a record that counts `weight` bytes whatever it takes in memory.
    static RecordPtr make(std::string_view key, std::string_view value, std::uint32_t weight);

    std::string_view key() const { return {bytes(), key_size_}; }
    std::string_view value() const { return {bytes() + key_size_, value_size_}; }

    /// Key and value bytes together, without overheads.
    std::size_t size() const { return std::size_t{key_size_} + value_size_; }

    /// Bytes it stands for where records are added up.
    std::uint32_t weight() const { return weight_; }

    /// For owners of raw pointers (tree nodes); everybody else holds a RecordPtr.
    void retain() const { ++references_; }
    void release() const {
        if (--references_ > 0) return;
        HeldMemory::give(held_by(size()));
        ::operator delete(const_cast<Record*>(this));
    }
    /// Memory that a record of so many key and value bytes takes.
    static constexpr std::uint64_t held_by(std::size_t bytes) { return HeldMemory::block(kHeaderBytes + bytes); }

    /// For tests.
    std::uint32_t references() const { return references_; }

    Record(const Record&) = delete;
    Record& operator=(const Record&) = delete;

private:
    static constexpr std::size_t kHeaderBytes = 16;

    Record(std::uint32_t key_size, std::uint32_t value_size, std::uint32_t weight)
        : key_size_(key_size), value_size_(value_size), weight_(weight) {}
    ~Record() = default;

    const char* bytes() const { return reinterpret_cast<const char*>(this + 1); }
    char* bytes() { return reinterpret_cast<char*>(this + 1); }

    mutable std::uint32_t references_ = 1;
    std::uint32_t key_size_;
    std::uint32_t value_size_;
    std::uint32_t weight_;
};

/// Shared ownership of a record; may be null. As cheap as a pointer and a plain increment.
class RecordPtr {
public:
    RecordPtr() = default;
    RecordPtr(std::nullptr_t) {}  // NOLINT: null is a natural RecordPtr
    /// Retains: the caller's own claim on the record stays as it was.
    explicit RecordPtr(const Record* record) : record_(record) {
        if (record_ != nullptr) record_->retain();
    }
    RecordPtr(const RecordPtr& other) : RecordPtr(other.record_) {}
    RecordPtr(RecordPtr&& other) noexcept : record_(std::exchange(other.record_, nullptr)) {}
    RecordPtr& operator=(RecordPtr other) noexcept {
        std::swap(record_, other.record_);
        return *this;
    }
    ~RecordPtr() {
        if (record_ != nullptr) record_->release();
    }

    /// Takes over a reference that the caller owned.
    static RecordPtr adopt(const Record* record) {
        RecordPtr owner;
        owner.record_ = record;
        return owner;
    }
    /// Hands the reference to the caller, who must release() it.
    const Record* detach() { return std::exchange(record_, nullptr); }

    const Record* get() const { return record_; }
    const Record* operator->() const { return record_; }
    const Record& operator*() const { return *record_; }
    explicit operator bool() const { return record_ != nullptr; }
    /// Identity, not equality of bytes.
    friend bool operator==(const RecordPtr& a, const RecordPtr& b) { return a.record_ == b.record_; }
    friend bool operator==(const RecordPtr& a, std::nullptr_t) { return a.record_ == nullptr; }

private:
    const Record* record_ = nullptr;
};

inline RecordPtr Record::make(std::string_view key, std::string_view value, std::uint32_t weight) {
    static_assert(sizeof(Record) == kHeaderBytes);
    void* memory = ::operator new(sizeof(Record) + key.size() + value.size());
    HeldMemory::take(held_by(key.size() + value.size()));
    auto* record =
        new (memory) Record(static_cast<std::uint32_t>(key.size()), static_cast<std::uint32_t>(value.size()), weight);
    // memcpy must not be given the null pointer of an empty view.
    if (!key.empty()) std::memcpy(record->bytes(), key.data(), key.size());
    if (!value.empty()) std::memcpy(record->bytes() + key.size(), value.data(), value.size());
    return RecordPtr::adopt(record);
}

inline RecordPtr Record::make(std::string_view key, std::string_view value) {
    return make(key, value, static_cast<std::uint32_t>(key.size() + value.size()));
}

}  // namespace sortkey
