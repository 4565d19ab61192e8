// Versions that others see: of the engine and of what it stores.
#pragma once

#include <string_view>

namespace sortkey {

inline constexpr std::string_view kEngineVersion = "0.1.0";
/// Version of journal frames; a higher one is refused by Engine::restore().
inline constexpr int kJournalFormat = 1;

}  // namespace sortkey
