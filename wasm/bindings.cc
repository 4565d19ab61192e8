// The Embind boundary: the engine's four calls over bytes in WebAssembly memory, and nothing else.
//
// Requests are written by the host to memory it allocated. An answer's address points at three 32-bit little-endian
// words: where its bytes lie, how many there are, and whether more is to come; all valid until the next call.
#include <emscripten/bind.h>

#include <cstdint>
#include <string_view>

#include "sortkey/engine.h"

namespace {

class Boundary {
public:
    uintptr_t call(uintptr_t address, uint32_t length) { return answer(engine_.call(bytes(address, length))); }
    uintptr_t advance(double until_millis) { return answer(engine_.advance(until_millis)); }
    uintptr_t drain_journal(uint32_t what, uint32_t bytes_max) {
        const sortkey::Engine::Drained drained = engine_.drain_journal(static_cast<sortkey::Drain>(what), bytes_max);
        return answer(drained.bytes, drained.more);
    }
    uintptr_t restore(uintptr_t address, uint32_t length) { return answer(engine_.restore(bytes(address, length))); }

private:
    static std::string_view bytes(uintptr_t address, uint32_t length) {
        return {reinterpret_cast<const char*>(address), length};
    }

    uintptr_t answer(std::string_view text, bool more = false) {
        answer_[0] = reinterpret_cast<uintptr_t>(text.data());
        answer_[1] = static_cast<uint32_t>(text.size());
        answer_[2] = more ? 1 : 0;
        return reinterpret_cast<uintptr_t>(answer_);
    }

    sortkey::Engine engine_;
    uint32_t answer_[3] = {};
};

}  // namespace

EMSCRIPTEN_BINDINGS(sortkey) {
    emscripten::class_<Boundary>("Engine")
        .constructor<>()
        .function("call", &Boundary::call)
        .function("advance", &Boundary::advance)
        .function("drain_journal", &Boundary::drain_journal)
        .function("restore", &Boundary::restore);
}
