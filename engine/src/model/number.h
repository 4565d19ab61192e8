// DynamoDB's number: a decimal with up to 38 significant digits, 1E-130 … 9.99…E+125, or 0.
//
// In stored items and keys a number is a short byte string (base-100 digits behind a biased exponent, digits
// complemented when negative) whose memcmp order is numeric order and which is unique for a value, so that equal
// numbers are equal bytes. It is the same form the service hashes partition keys in.
//
//   SORTKEY_TRY(price, Number::parse("19.90"));
//   price.text();     // "19.9"
//   price.bytes();    // order-preserving form
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "sortkey/result.h"

namespace sortkey {

class Number {
public:
    static constexpr int kDigitsMax = 38;
    static constexpr int kExponentMax = 126;  ///< of 0.d1d2… × 10^e
    static constexpr int kExponentMin = -129;

    Number() = default;  ///< zero
    static Number from_int(int64_t value);

    /// Reads the service's number grammar.
    /// Errors: Validation with the service's texts (not numeric, >38 digits, overflow, underflow).
    static Result<Number> parse(std::string_view text);

    /// REQUIRES: `bytes` came from bytes().
    static Number from_bytes(std::string_view bytes);

    /// Order-preserving form, 1–22 bytes.
    std::string bytes() const;
    void append_bytes(std::string& out) const;

    /// Canonical plain decimal: no exponent, no superfluous zeros, "-0" is "0".
    std::string text() const;
    void append_text(std::string& out) const;

    /// Bytes the service counts for it (spec: data-model §3).
    uint32_t size() const;

    bool is_zero() const { return count_ == 0; }
    bool negative() const { return negative_; }
    std::strong_ordering compare(const Number& other) const;

    /// Exact sums. Errors: Validation when the result needs more than 38 digits or leaves the range.
    Result<Number> plus(const Number& other) const;
    Result<Number> minus(const Number& other) const;

    /// Value as int64 when it is an integer that fits; false otherwise.
    bool to_int64(int64_t& out) const;
    /// The smallest int64 that is not below the value; false when there is none.
    bool ceil_int64(int64_t& out) const;

private:
    bool negative_ = false;
    int16_t exponent_ = 0;  // value = 0.d1d2… × 10^exponent_, d1 ≠ 0
    uint8_t count_ = 0;     // significant digits, no trailing zeros; 0 for zero
    uint8_t digits_[kDigitsMax] = {};
};

/// Size of a stored number without building a Number.
uint32_t number_size(std::string_view bytes);

}  // namespace sortkey
