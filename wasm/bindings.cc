// The Embind boundary: the engine's four calls over bytes in WebAssembly memory, and nothing else.
//
// Requests are written by the host to memory it allocated; an answer's address points at a 32-bit little-endian length
// followed by the bytes, valid until the next call.
#include <emscripten/bind.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "sortkey/engine.h"

namespace {

class Boundary {
public:
    uintptr_t call(uintptr_t address, uint32_t length) { return answer(engine_.call(bytes(address, length))); }
    uintptr_t advance(double until_millis) { return answer(engine_.advance(until_millis)); }
    uintptr_t drain_journal(bool whole) { return answer(engine_.drain_journal(whole)); }
    uintptr_t restore(uintptr_t address, uint32_t length) { return answer(engine_.restore(bytes(address, length))); }

private:
    static std::string_view bytes(uintptr_t address, uint32_t length) {
        return {reinterpret_cast<const char*>(address), length};
    }

    uintptr_t answer(std::string_view text) {
        const auto length = static_cast<uint32_t>(text.size());
        answer_.assign(reinterpret_cast<const char*>(&length), sizeof length);
        answer_.append(text);
        return reinterpret_cast<uintptr_t>(answer_.data());
    }

    sortkey::Engine engine_;
    std::string answer_;
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
