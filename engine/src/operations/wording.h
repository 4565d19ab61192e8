// Wording as data: which layer of texts answers an operation, and which of its errors come inside
// "1 validation error detected: " (spec: expressions.md §9).
#pragma once

#include "model/wording.h"
#include "sortkey/error.h"

namespace sortkey {

/// Operations that have had the same history of wordings.
enum class Family : uint8_t {
    Writes,  ///< PutItem, UpdateItem, DeleteItem
    Query,
    Bare,   ///< reworded, never enveloped
    Older,  ///< not reached by the newer texts
};

struct Layer {
    Wording texts = Wording::newer;
    uint8_t enveloped = 0;  ///< a bit for each ErrorFamily

    bool envelops(ErrorFamily family) const { return (enveloped >> static_cast<unsigned>(family) & 1u) != 0; }
};

/// What a profile answers an operation with.
Layer layer_of(WordingProfile profile, Family family);

}  // namespace sortkey
