// Known answers: a hash that is off by one bit would change the order of every Scan and orphan every stored journal.
#include <gtest/gtest.h>

#include <string>

#include "support/crc32.h"
#include "support/md5.h"

namespace sortkey {
namespace {

std::string md5_text(std::string_view bytes) {
    const auto digest = md5(bytes);
    return hex(digest.data(), digest.size());
}

// RFC 1321, A.5.
TEST(Md5, GivesTheAnswersOfItsStandard) {
    EXPECT_EQ(md5_text(""), "d41d8cd98f00b204e9800998ecf8427e");
    EXPECT_EQ(md5_text("a"), "0cc175b9c0f1b6a831c399e269772661");
    EXPECT_EQ(md5_text("abc"), "900150983cd24fb0d6963f7d28e17f72");
    EXPECT_EQ(md5_text("message digest"), "f96b697d7cb7938d525a2f31aaf161d0");
    EXPECT_EQ(md5_text("abcdefghijklmnopqrstuvwxyz"), "c3fcd3d76192e4007dfb496cca67e13b");
    EXPECT_EQ(md5_text("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"),
              "d174ab98d277d9f5a5611c2c9f419d9f");
    EXPECT_EQ(md5_text("12345678901234567890123456789012345678901234567890123456789012345678901234567890"),
              "57edf4a22be3c955ac49da2e2107b67a");
}

TEST(Md5, PiecesOfAnyLengthMakeTheSameDigest) {
    std::string text;
    for (int i = 0; i < 300; ++i) text += static_cast<char>(i * 7);
    const auto whole = md5(text);
    for (const size_t piece : {1U, 3U, 55U, 56U, 63U, 64U, 65U, 128U, 299U}) {
        Md5 pieces;
        for (size_t at = 0; at < text.size(); at += piece) pieces.update(std::string_view(text).substr(at, piece));
        EXPECT_EQ(pieces.finish(), whole) << piece;
    }
}

TEST(Crc32, GivesTheCheckValueOfItsStandard) {
    EXPECT_EQ(crc32(""), 0U);
    EXPECT_EQ(crc32("123456789"), 0xcbf43926U);
    EXPECT_EQ(crc32("The quick brown fox jumps over the lazy dog"), 0x414fa339U);
}

}  // namespace
}  // namespace sortkey
