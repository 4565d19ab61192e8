// Which of the service's generations of error texts an answer uses.
//
// Since mid-2026 some operations answer with reworded validation errors; older clients and lessons know the former
// texts. How far that has come differs by operation and Region: a profile is one state of it, and operations/wording.h
// holds what each says to each operation.
#pragma once

#include <cstdint>
#include <string_view>

namespace sortkey {

/// The texts themselves.
enum class Wording : uint8_t { newer, older };

/// What a whole account answers with.
enum class WordingProfile : uint8_t {
    newer,      ///< most Regions since mid-2026
    older,      ///< every Region before
    us_east_1,  ///< us-east-1 as it was verified on 2026-08-22: the newer texts, more of them enveloped
};

inline constexpr std::string_view kWordingProfiles = "newer, older, us-east-1";

std::string_view wording_name(WordingProfile profile);
/// The profile of a name; newer for any other text.
WordingProfile wording_profile(std::string_view name);

}  // namespace sortkey
