// Capacity arithmetic in words. Every text is an equation that is true by itself:
//
//   "612 B → 1 block of 4 KB × ½ (eventually consistent read) = 0.5 RCU"
//   "(1 + 1) blocks of 1 KB × 2 (transactional write) = 4 WCU"
//   "old entry removed: 52 B → 1 block of 1 KB = 1 WCU"
#pragma once

#include <string>
#include <string_view>

#include "capacity/consumed.h"

namespace sortkey {

/// How an arm's units come about. REQUIRES: an arm of `consumed`.
std::string arm_text(const Consumed& consumed, size_t arm);

/// How the units of one part come about. REQUIRES: a part of `consumed`.
std::string part_text(const Consumed& consumed, const Part& part);

/// "OldEntryRemoved"
std::string_view charged_for_name(ChargedFor what);

/// Whether several charges were rounded one by one; false: what there is was added up and rounded once.
bool rounds_each(const Consumed& consumed, size_t arm);

/// What has to be known about the number itself, e.g. that it is a model; empty if it is simply so.
std::string_view note_text(const Consumed& consumed, size_t arm);

}  // namespace sortkey
