// What makes a file of tests/fuzz a target: one function on the bytes of an input, which throws when a property does
// not hold. Built for libFuzzer it is the program's entry; built into the native tests it replays its corpus.
//
//   FUZZ_TARGET(request) {
//       if (input.empty()) return;
//       …
//   }
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>

namespace sortkey::fuzz {

using Target = void (*)(std::string_view input);

/// All targets of this program, by name.
inline std::map<std::string, Target>& targets() {
    static std::map<std::string, Target> all;
    return all;
}

struct Registered {
    Registered(const char* name, Target target) { targets()[name] = target; }
};

/// A property does not hold. Nobody catches it under libFuzzer, which then keeps the input.
[[noreturn]] inline void fail(std::string_view reason, std::string_view text) {
    throw std::runtime_error(std::string(reason) + ": " + std::string(text.substr(0, 4000)));
}

}  // namespace sortkey::fuzz

#ifdef SORTKEY_FUZZ_MAIN
#define FUZZ_TARGET(name)                                                     \
    static void fuzz_one(std::string_view input);                             \
    extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) { \
        fuzz_one({reinterpret_cast<const char*>(data), size});                \
        return 0;                                                             \
    }                                                                         \
    static void fuzz_one(std::string_view input)
#else
#define FUZZ_TARGET(name)                                                       \
    static void fuzz_one(std::string_view input);                               \
    static const sortkey::fuzz::Registered kRegistered_##name(#name, fuzz_one); \
    static void fuzz_one(std::string_view input)
#endif
