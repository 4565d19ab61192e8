// Numbers: grammar, canonical text, byte-exact size, order of the stored form, exact sums (spec: data-model §3).
#include "model/number.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace sortkey {
namespace {

std::string text_of(const std::string& input) {
    const auto number = Number::parse(input);
    return number ? number->text() : "error: " + number.error().message;
}

struct TextRow {
    const char* input;
    const char* text;
};

TEST(Number, IsWrittenCanonically) {
    const std::string zeros_125(125, '0');
    const std::string zeros_129(129, '0');
    const TextRow rows[] = {
        {"0", "0"},
        {"-0", "0"},
        {"+7", "7"},
        {"0042", "42"},
        {"1.200", "1.2"},
        {".5", "0.5"},
        {"5.", "5"},
        {"1e3", "1000"},
        {"1E+3", "1000"},
        {"12.5e-1", "1.25"},
        {"-00001.2300", "-1.23"},
        {"0e125", "0"},
        {"99999999999999999999999999999999999999", "99999999999999999999999999999999999999"},
        {"0.00000000000000000000000000000000000001", "0.00000000000000000000000000000000000001"},
    };
    for (const TextRow& row : rows) EXPECT_EQ(text_of(row.input), row.text) << row.input;
    EXPECT_EQ(text_of("1E125"), "1" + zeros_125);
    EXPECT_EQ(text_of("1E-130"), "0." + zeros_129 + "1");
}

TEST(Number, RefusesWhatTheServiceRefuses) {
    const std::string not_numeric = "error: The parameter cannot be converted to a numeric value: ";
    for (const char* input : {"", " 1", "1 ", "0x10", "NaN", "Infinity", "1e", "1.2.3", "--1", "e5", ".", "1e1.5"})
        EXPECT_EQ(text_of(input), not_numeric + input) << input;
    const std::string overflow =
        "error: Number overflow. Attempting to store a number with magnitude larger than supported range";
    const std::string underflow =
        "error: Number underflow. Attempting to store a number with magnitude smaller than supported range";
    EXPECT_EQ(text_of("1e126"), overflow);
    EXPECT_EQ(text_of("-1e126"), overflow);
    EXPECT_EQ(text_of("0e126"), overflow);
    EXPECT_EQ(text_of("1e99999999999"), overflow);
    EXPECT_EQ(text_of("1e-131"), underflow);
    EXPECT_EQ(text_of("0e-131"), underflow);
    EXPECT_EQ(text_of("1e-99999999999"), underflow);
    EXPECT_EQ(text_of("1e99999999999999999999"), not_numeric + "1e99999999999999999999");
    EXPECT_EQ(text_of("1234567890123456789012345678901234567890123"),
              "error: Attempting to store more than 38 significant digits in a Number");
}

struct SizeRow {
    const char* input;
    uint32_t size;
};

TEST(Number, CountsTheServicesBytes) {
    const SizeRow rows[] = {
        {"0", 1},
        {"-0", 1},
        {"1", 2},
        {"12", 2},
        {"0042", 2},
        {"100", 2},
        {"123", 3},
        {"1234", 3},
        {"0.0000001", 2},
        {"1E125", 2},
        {"1E-100", 2},
        {"15", 2},
        {"0.15", 2},
        {"1010", 3},
        {"1.5", 3},
        {"1.200", 3},
        {"1.234", 4},
        {"-42", 3},
        {"3.14159", 5},
        {"123456", 4},
        {"100.5", 4},
        {"99999999999999999999999999999999999999", 20},
        {"-1234567890123456789.1234567890123456789", 22},
    };
    for (const SizeRow& row : rows) {
        const auto number = Number::parse(row.input);
        ASSERT_TRUE(number) << row.input;
        EXPECT_EQ(number->size(), row.size) << row.input;
        EXPECT_EQ(number_size(number->bytes()), row.size) << row.input;
    }
}

// Ascending; every neighbour pair is compared, and every number survives its stored form.
TEST(Number, StoredFormKeepsOrderAndValue) {
    const std::vector<std::string> ascending = {"-9.9999999999999999999999999999999999999E125",
                                                "-1E125",
                                                "-12345678901234567890123456789012345678",
                                                "-1000.5",
                                                "-1000",
                                                "-999.9",
                                                "-100",
                                                "-99",
                                                "-10.01",
                                                "-10",
                                                "-9.5",
                                                "-1.1",
                                                "-1",
                                                "-0.5",
                                                "-0.05",
                                                "-1E-129",
                                                "-1E-130",
                                                "0",
                                                "1E-130",
                                                "1.5E-130",
                                                "1E-129",
                                                "0.00001",
                                                "0.05",
                                                "0.5",
                                                "0.55",
                                                "1",
                                                "1.01",
                                                "1.1",
                                                "2",
                                                "9",
                                                "9.9",
                                                "10",
                                                "10.5",
                                                "11",
                                                "99",
                                                "100",
                                                "101",
                                                "999",
                                                "1000",
                                                "1001",
                                                "12345678901234567890123456789012345678",
                                                "1E124",
                                                "1E125",
                                                "9.9999999999999999999999999999999999999E125"};
    std::string previous;
    for (const std::string& input : ascending) {
        const auto number = Number::parse(input);
        ASSERT_TRUE(number) << input;
        const std::string bytes = number->bytes();
        EXPECT_LE(bytes.size(), 22U) << input;
        if (!previous.empty()) EXPECT_LT(previous, bytes) << input;
        EXPECT_EQ(Number::from_bytes(bytes).text(), number->text()) << input;
        EXPECT_EQ(Number::from_bytes(bytes).bytes(), bytes) << input;
        previous = bytes;
    }
}

struct SumRow {
    const char* left;
    const char* right;
    const char* sum;
};

TEST(Number, AddsExactly) {
    const SumRow rows[] = {
        {"1", "2", "3"},   {"0.1", "0.2", "0.3"},  {"999", "1", "1000"},
        {"-5", "5", "0"},  {"5", "-7.5", "-2.5"},  {"1E37", "1", "10000000000000000000000000000000000001"},
        {"0", "-3", "-3"}, {"-0.5", "-0.5", "-1"}, {"100", "-0.01", "99.99"},
    };
    for (const SumRow& row : rows) {
        const auto sum = Number::parse(row.left)->plus(*Number::parse(row.right));
        ASSERT_TRUE(sum) << row.left;
        EXPECT_EQ(sum->text(), row.sum);
    }
    EXPECT_EQ(Number::parse("10")->minus(*Number::parse("0.5"))->text(), "9.5");
    EXPECT_FALSE(Number::parse("1E50")->plus(*Number::parse("1")));
    EXPECT_FALSE(Number::parse("9E125")->plus(*Number::parse("9E125")));
}

TEST(Number, ConvertsToAndFromIntegers) {
    for (const int64_t value : {int64_t{0}, int64_t{1}, int64_t{-1}, int64_t{1200}, INT64_MAX / 10, INT64_MIN / 10}) {
        int64_t back = 0;
        EXPECT_EQ(Number::from_int(value).text(), std::to_string(value));
        ASSERT_TRUE(Number::from_int(value).to_int64(back));
        EXPECT_EQ(back, value);
    }
    int64_t unused = 0;
    EXPECT_FALSE(Number::parse("1.5")->to_int64(unused));
    EXPECT_FALSE(Number::parse("1E20")->to_int64(unused));
}

}  // namespace
}  // namespace sortkey
