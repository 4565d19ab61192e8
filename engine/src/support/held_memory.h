// How much memory the data of an engine takes, counted by the engine itself: the same calls give the same number
// natively and in WebAssembly, where no two allocators and no two pointer sizes agree. What is counted is what the
// block would take of a 32-bit heap.
//
// Records and tree nodes are shared by tables, indexes, logs and snapshots, so they count themselves as they are made
// and freed. Whatever else grows with use holds a HeldMemory that says how large it is.
//
// The counter is of the process because blocks do not know their engine. An engine at work puts its own in place:
//
//   const HeldMemory::Counting here(state.held_bytes);   // until the end of the scope
#pragma once

#include <cstdint>
#include <utility>

namespace sortkey {

class HeldMemory {
public:
    /// Bytes held by the engine at work.
    static uint64_t total() { return total_; }

    /// What the allocator takes for a block: a word of its own, in steps of 8 bytes.
    static constexpr uint64_t block(uint64_t bytes) { return bytes < 12 ? 16 : (bytes + 4 + 7) / 8 * 8; }
    static void take(uint64_t bytes) { total_ += bytes; }
    static void give(uint64_t bytes) { total_ -= bytes; }

    /// While one lives, `of` is what total() counts on with.
    class Counting {
    public:
        explicit Counting(uint64_t& of) : of_(of), outer_(std::exchange(total_, of)) {}
        ~Counting() { of_ = std::exchange(total_, outer_); }
        Counting(const Counting&) = delete;
        Counting& operator=(const Counting&) = delete;

    private:
        uint64_t& of_;
        uint64_t outer_;
    };

    explicit HeldMemory(uint64_t bytes = 0) : bytes_(bytes) { take(bytes_); }
    HeldMemory(const HeldMemory& other) : HeldMemory(other.bytes_) {}
    HeldMemory(HeldMemory&& other) noexcept : bytes_(std::exchange(other.bytes_, 0)) {}
    HeldMemory& operator=(HeldMemory other) noexcept {
        std::swap(bytes_, other.bytes_);
        return *this;
    }
    ~HeldMemory() { give(bytes_); }

    /// The owner takes so many bytes now.
    void set(uint64_t bytes) {
        take(bytes);
        give(std::exchange(bytes_, bytes));
    }
    void add(uint64_t bytes) { set(bytes_ + bytes); }
    void remove(uint64_t bytes) { set(bytes_ - bytes); }

private:
    inline static uint64_t total_ = 0;

    uint64_t bytes_;
};

}  // namespace sortkey
