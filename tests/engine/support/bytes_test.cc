// Texts and numbers as bytes: base64 as values travel, varints as items are stored, UTF-8 as it is demanded.
#include <gtest/gtest.h>

#include <bit>
#include <cstdint>
#include <limits>
#include <string>

#include "support/base64.h"
#include "support/text.h"
#include "support/timestamp.h"
#include "support/utf8.h"
#include "support/varint.h"

namespace sortkey {
namespace {

using namespace std::string_literals;

std::string encoded(std::string_view bytes) {
    std::string out;
    append_base64(out, bytes);
    return out;
}

// RFC 4648, §10.
TEST(Base64, GivesTheAnswersOfItsStandardBothWays) {
    const std::pair<std::string_view, std::string_view> rows[] = {
        {"", ""},
        {"f", "Zg=="},
        {"fo", "Zm8="},
        {"foo", "Zm9v"},
        {"foob", "Zm9vYg=="},
        {"fooba", "Zm9vYmE="},
        {"foobar", "Zm9vYmFy"},
    };
    for (const auto& [bytes, text] : rows) {
        EXPECT_EQ(encoded(bytes), text);
        std::string back;
        EXPECT_EQ(decode_base64(text, back), Base64Fault::None);
        EXPECT_EQ(back, bytes);
    }
}

TEST(Base64, EveryByteSurvives) {
    std::string bytes;
    for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
    std::string back;
    EXPECT_EQ(decode_base64(encoded(bytes), back), Base64Fault::None);
    EXPECT_EQ(back, bytes);
}

TEST(Base64, SaysWhatIsWrong) {
    std::string out;
    EXPECT_EQ(decode_base64("Zg=", out), Base64Fault::Length);
    EXPECT_EQ(decode_base64("Zm9*", out), Base64Fault::Alphabet);
    EXPECT_EQ(decode_base64("Zh==", out), Base64Fault::LastCharacter);  // bits that no byte uses
}

TEST(Varint, AnyNumberComesBackAndTakesSevenBitsAByte) {
    for (int bits = 0; bits <= 64; ++bits) {
        const uint64_t value = bits == 0 ? 0 : std::numeric_limits<uint64_t>::max() >> (64 - bits);
        std::string out;
        append_varint(out, value);
        EXPECT_EQ(out.size(), bits == 0 ? 1U : static_cast<size_t>((bits + 6) / 7)) << bits;
        const char* at = out.data();
        EXPECT_EQ(read_varint(at), value) << bits;
        EXPECT_EQ(at, out.data() + out.size()) << bits;
    }
}

TEST(FixedWords, AreLittleEndianAndReadAsTheyWereWritten) {
    static_assert(std::endian::native == std::endian::little, "load_u32 copies the bytes as they lie");
    std::string out;
    append_u32(out, 0x01020304);
    EXPECT_EQ(out, "\x04\x03\x02\x01"s);
    EXPECT_EQ(load_u32(out.data()), 0x01020304U);
    store_u32(out.data(), 0xfffefdfc);
    EXPECT_EQ(load_u32(out.data()), 0xfffefdfcU);
}

TEST(Utf8, TakesWhatTheStandardAllowsAndNothingElse) {
    for (const std::string& good : {""s, "a\0b"s, "\u00e9"s, "\u20ac"s, "\U0001f600"s, "\U0010ffff"s, "\ud7ff\ue000"s})
        EXPECT_TRUE(is_utf8(good)) << good;
    const std::string bad[] = {
        "\x80"s,              // a byte that only continues
        "\xc3"s,              // cut
        "\xe2\x82"s,          // cut
        "\xf0\x9f\x98"s,      // cut
        "\xc0\x80"s,          // overlong
        "\xe0\x80\x80"s,      // overlong
        "\xf0\x80\x80\x80"s,  // overlong
        "\xed\xa0\x80"s,      // a surrogate
        "\xf4\x90\x80\x80"s,  // above U+10FFFF
        "\xff"s,
    };
    for (const std::string& text : bad) EXPECT_FALSE(is_utf8(text)) << testing::PrintToString(text);
}

TEST(Text, EqualityLooksAtEveryByte) {
    const std::string text = "0123456789abcdefghij";
    for (size_t size = 0; size <= text.size(); ++size) {
        const std::string one = text.substr(0, size);
        EXPECT_TRUE(equal_text(one, std::string(one)));
        EXPECT_TRUE(same_name(one, std::string(one)));
        EXPECT_FALSE(equal_text(one, one + "x"));
        for (size_t at = 0; at < size; ++at) {
            std::string other = one;
            other[at] = '#';
            EXPECT_FALSE(equal_text(one, other)) << at;
            EXPECT_FALSE(same_name(one, other)) << at;
        }
    }
}

TEST(Timestamp, ShowsMomentsInUtcToTheMillisecond) {
    EXPECT_EQ(timestamp_text(0), "1970-01-01T00:00:00.000");
    EXPECT_EQ(timestamp_text(951'782'400'000'000), "2000-02-29T00:00:00.000");
    EXPECT_EQ(timestamp_text(1'780'272'000'000'000), "2026-06-01T00:00:00.000");
    EXPECT_EQ(timestamp_text(4'107'542'399'999'999), "2100-02-28T23:59:59.999");
    EXPECT_EQ(timestamp_text(4'107'542'400'000'000), "2100-03-01T00:00:00.000");
}

}  // namespace
}  // namespace sortkey
