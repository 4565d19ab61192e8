#include "model/wording.h"

#include <cstddef>

namespace sortkey {
namespace {

constexpr std::string_view kNames[] = {"newer", "older", "us-east-1"};

}  // namespace

std::string_view wording_name(WordingProfile profile) { return kNames[static_cast<size_t>(profile)]; }

WordingProfile wording_profile(std::string_view name) {
    for (size_t i = 1; i < sizeof(kNames) / sizeof(kNames[0]); ++i)
        if (kNames[i] == name) return static_cast<WordingProfile>(i);
    return WordingProfile::newer;
}

}  // namespace sortkey
