// Checks what ExplainRequest says by reckoning it again: every text an equation that is true by itself, every sum the
// sum of its parts.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace sortkey::arithmetic {

/// Reads a text from left to right; after a failure everything fails.
class Reader {
public:
    explicit Reader(std::string_view text) : rest_(text) {}

    bool take(std::string_view literal) {
        if (!rest_.starts_with(literal)) return false;
        rest_.remove_prefix(literal.size());
        return true;
    }
    void need(std::string_view literal) { ok_ = take(literal) && ok_; }
    /// 1,234
    uint64_t number() {
        uint64_t value = 0;
        size_t length = 0;
        for (;
             length < rest_.size() && (std::isdigit(static_cast<unsigned char>(rest_[length])) || rest_[length] == ',');
             ++length)
            if (rest_[length] != ',') value = value * 10 + static_cast<uint64_t>(rest_[length] - '0');
        ok_ = ok_ && length > 0;
        rest_.remove_prefix(length);
        return value;
    }
    /// 1,234.5 in halves
    uint64_t halves() {
        const uint64_t whole = number();
        return 2 * whole + (take(".5") ? 1 : 0);
    }
    void skip_behind(std::string_view literal) {
        const size_t at = rest_.find(literal);
        ok_ = ok_ && at != std::string_view::npos;
        if (ok_) rest_.remove_prefix(at + literal.size());
    }
    bool ok() const { return ok_; }
    bool at_end() const { return ok_ && rest_.empty(); }

private:
    std::string_view rest_;
    bool ok_ = true;
};

inline uint64_t halves_of(double units) { return static_cast<uint64_t>(units * 2); }

/// The half units an equation arrives at; fails the test if the equation is false or is none.
inline uint64_t checked_halves(const std::string& text) {
    const size_t words = text.rfind(": ");
    Reader reader(std::string_view(text).substr(words == std::string::npos ? 0 : words + 2));
    uint64_t bytes = 0;
    uint64_t blocks = 0;
    const bool summed = reader.take("(");
    bool rounded = false;
    if (summed) {
        do blocks += reader.number();
        while (reader.take(" + "));
        reader.need(")");
    } else {
        blocks = reader.number();
        rounded = reader.take(" B → ");
        if (rounded) {
            bytes = blocks;
            blocks = reader.number();
        }
    }
    reader.need(blocks == 1 ? " block of " : " blocks of ");
    const bool small_blocks = reader.take("1 KB");
    if (!small_blocks) reader.need("4 KB");
    if (!summed && !rounded) {
        reader.need(" (");
        EXPECT_GE(blocks, reader.number()) << text;
        if (!reader.take(" items") && !reader.take(" entries")) reader.need(" ranges");
        reader.need(", each rounded up)");
    }
    uint64_t factor_halves = 2;
    if (reader.take(" × ")) {
        factor_halves = reader.take("½") ? 1 : 2 * reader.number();
        reader.need(" (");
        reader.skip_behind(")");
    }
    reader.need(" = ");
    const uint64_t halves = reader.halves();
    reader.need(small_blocks ? " WCU" : " RCU");
    EXPECT_TRUE(reader.at_end()) << "not an equation: " << text;
    const uint64_t block_bytes = small_blocks ? 1024 : 4096;
    if (rounded) EXPECT_EQ(blocks, std::max<uint64_t>(1, (bytes + block_bytes - 1) / block_bytes)) << text;
    EXPECT_EQ(halves, blocks * factor_halves) << text;
    return halves;
}

inline void check_arm(const nlohmann::json& arm) {
    EXPECT_EQ(checked_halves(arm.at("Text")), halves_of(arm.at("Units"))) << arm;
    EXPECT_EQ(arm.at("Blocks").get<double>() * arm.at("Factor").get<double>(), arm.at("Units").get<double>()) << arm;
    const nlohmann::json& parts = arm.at("Parts");
    const auto left_out = arm.at("PartsLeftOut").get<uint64_t>();
    ASSERT_FALSE(parts.empty()) << arm;
    EXPECT_TRUE(left_out == 0 || parts.size() == 100) << arm;
    const bool each = parts.size() > 1 || (parts[0].at("What") == "ItemReadAgain" && arm.at("Items") > 1);
    EXPECT_EQ(arm.at("Rounding"), each ? "Each" : "Together") << arm;
    uint64_t bytes = 0;
    uint64_t blocks = 0;
    uint64_t halves = 0;
    for (const nlohmann::json& part : parts) {
        EXPECT_EQ(checked_halves(part.at("Text")), halves_of(part.at("Units"))) << part;
        bytes += part.at("Bytes").get<uint64_t>();
        blocks += part.at("Blocks").get<uint64_t>();
        halves += halves_of(part.at("Units"));
    }
    if (left_out > 0) return;
    EXPECT_EQ(bytes, arm.at("Bytes")) << arm;
    EXPECT_EQ(blocks, arm.at("Blocks")) << arm;
    EXPECT_EQ(halves, halves_of(arm.at("Units"))) << arm;
}

/// Everything one answer of ExplainRequest says.
inline void check(const nlohmann::json& explanation) {
    uint64_t read = 0;
    uint64_t write = 0;
    for (const nlohmann::json& arm : explanation.at("Arms")) {
        check_arm(arm);
        (arm.at("Kind") == "Read" ? read : write) += halves_of(arm.at("Units"));
    }
    EXPECT_EQ(read, halves_of(explanation.at("ReadCapacityUnits"))) << explanation;
    EXPECT_EQ(write, halves_of(explanation.at("WriteCapacityUnits"))) << explanation;
}

}  // namespace sortkey::arithmetic
