// The generator's numbers are part of the format: a shared link names a seed and expects these.
#include "simulation/random.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace sortkey {
namespace {

// The reference implementation's first numbers from the state {1, 2, 3, 4}.
TEST(Random, IsXoshiro256StarStar) {
    Random random;
    random.restore({1, 2, 3, 4});
    for (const uint64_t expected :
         {11520ULL, 0ULL, 1509978240ULL, 1215971899390074240ULL, 1216172134540287360ULL, 607988272756665600ULL,
          16172922978634559625ULL, 8476171486693032832ULL, 10595114339597558777ULL, 2904607092377533576ULL})
        EXPECT_EQ(random.next(), expected);
}

// The reference implementation's first numbers from the seed 1234567.
TEST(Random, IsSeededBySplitmix64) {
    const std::array<uint64_t, 4> expected = {6457827717110365317ULL, 3203168211198807973ULL, 9817491932198370423ULL,
                                              4593380528125082431ULL};
    EXPECT_EQ(Random(1234567).state(), expected);
}

TEST(Random, ACopyGoesItsOwnWay) {
    Random one(7);
    one.next();
    Random other = one;
    const uint64_t next = one.next();
    one.next();
    EXPECT_EQ(other.next(), next);
    EXPECT_NE(one.state(), other.state());
}

TEST(Random, BelowStaysBelowAndReachesEverything) {
    Random random(3);
    std::set<uint64_t> seen;
    for (int i = 0; i < 200; ++i) seen.insert(random.below(5));
    EXPECT_EQ(seen, (std::set<uint64_t>{0, 1, 2, 3, 4}));
    EXPECT_EQ(random.below(1), 0U);
}

TEST(Random, UuidsAreOfVersionFourAndDiffer) {
    Random random(1);
    std::set<std::string> seen;
    for (int i = 0; i < 50; ++i) {
        const std::string uuid = random.uuid();
        ASSERT_EQ(uuid.size(), 36U);
        EXPECT_EQ(uuid[14], '4') << uuid;
        EXPECT_NE(std::string("89ab").find(uuid[19]), std::string::npos) << uuid;
        EXPECT_EQ(uuid[8], '-');
        seen.insert(uuid);
    }
    EXPECT_EQ(seen.size(), 50U);
}

}  // namespace
}  // namespace sortkey
