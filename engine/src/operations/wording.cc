#include "operations/wording.h"

namespace sortkey {
namespace {

constexpr uint8_t bit(ErrorFamily family) { return static_cast<uint8_t>(1u << static_cast<unsigned>(family)); }

constexpr uint8_t kNone = 0;
constexpr uint8_t kValues = bit(ErrorFamily::Values);
constexpr uint8_t kUsage = bit(ErrorFamily::Usage);
constexpr uint8_t kSelection = bit(ErrorFamily::Selection);
constexpr uint8_t kSpecific = bit(ErrorFamily::SpecificAttributes);
constexpr Wording kNewer = Wording::newer;
constexpr Wording kOlder = Wording::older;

// Profiles down, families across, both in the order of their enumerations.
constexpr Layer kLayers[][4] = {
    // Writes, Query, Bare, Older
    {{kNewer, kValues}, {kNewer, kSpecific}, {kNewer, kNone}, {kOlder, kNone}},                        // newer
    {{kOlder, kNone}, {kOlder, kNone}, {kOlder, kNone}, {kOlder, kNone}},                              // older
    {{kNewer, kValues | kUsage}, {kNewer, kSpecific | kSelection}, {kNewer, kNone}, {kOlder, kNone}},  // us-east-1
};

}  // namespace

Layer layer_of(WordingProfile profile, Family family) {
    return kLayers[static_cast<size_t>(profile)][static_cast<size_t>(family)];
}

}  // namespace sortkey
