// Which of the service's two generations of error texts an answer uses.
//
// Since mid-2026 some operations answer with reworded validation errors; older clients and lessons know the former
// texts.
#pragma once

#include <cstdint>

namespace sortkey {

enum class Wording : uint8_t { newer, older };

}  // namespace sortkey
