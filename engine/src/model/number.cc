#include "model/number.h"

#include <cstring>

namespace sortkey {
namespace {

constexpr unsigned char kNegativeEnd = 102;  // follows the complemented pairs of a negative number
constexpr int kPairsMax = 20;                // 38 digits astride pair borders
constexpr std::string_view kTooManyDigits = "Attempting to store more than 38 significant digits in a Number";
constexpr std::string_view kOverflow =
    "Number overflow. Attempting to store a number with magnitude larger than supported range";
constexpr std::string_view kUnderflow =
    "Number underflow. Attempting to store a number with magnitude smaller than supported range";

Error not_numeric(std::string_view text) {
    return Error::validation("The parameter cannot be converted to a numeric value: " + std::string(text));
}

Error error(std::string_view text) { return Error::validation(std::string(text)); }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Bytes counted for `count` digits of 0.d1d2…×10^exponent: spec data-model §3.
uint32_t counted_size(int count, int exponent, bool negative) {
    if (count == 0) return 1;
    int integer_digits = 0;
    int fraction_digits = 0;
    if (exponent <= 0) {
        fraction_digits = count;  // leading fraction zeros are free while there is no integer part
    } else if (count <= exponent) {
        integer_digits = count;  // trailing integer zeros are free while there is no fraction
    } else {
        integer_digits = exponent;
        fraction_digits = count - exponent;
    }
    return static_cast<uint32_t>(1 + (integer_digits + 1) / 2 + (fraction_digits + 1) / 2 + (negative ? 1 : 0));
}

}  // namespace

Number Number::from_int(int64_t value) {
    Number n;
    if (value == 0) return n;
    n.negative_ = value < 0;
    uint64_t rest = n.negative_ ? ~static_cast<uint64_t>(value) + 1 : static_cast<uint64_t>(value);
    uint8_t reversed[20];
    int count = 0;
    for (; rest != 0; rest /= 10) reversed[count++] = static_cast<uint8_t>(rest % 10);
    n.exponent_ = static_cast<int16_t>(count);
    int skip = 0;
    while (reversed[skip] == 0) ++skip;
    for (int i = count - 1; i >= skip; --i) n.digits_[n.count_++] = reversed[i];
    return n;
}

Result<Number> Number::parse(std::string_view text) {
    Number n;
    const char* at = text.data();
    const char* end = at + text.size();
    if (at != end && (*at == '-' || *at == '+')) n.negative_ = *at++ == '-';

    // Collect digits; `point` counts the digits before the point, leading zeros dropped on the way.
    int64_t point = 0;         // exponent of 0.d1d2… so far
    int64_t significant = 0;   // digits since the first non-zero one, trailing zeros included
    int64_t last_nonzero = 0;  // index behind the last non-zero significant digit
    bool any = false;
    bool fraction = false;
    for (; at != end; ++at) {
        if (*at == '.') {
            if (fraction) return not_numeric(text);
            fraction = true;
            continue;
        }
        if (!is_digit(*at)) break;
        any = true;
        if (significant == 0 && *at == '0') {
            if (fraction) --point;
            continue;
        }
        if (significant < kDigitsMax) n.digits_[significant] = static_cast<uint8_t>(*at - '0');
        ++significant;
        if (*at != '0') last_nonzero = significant;
        if (!fraction) ++point;
    }
    if (!any) return not_numeric(text);

    int64_t exponent = 0;
    if (at != end) {
        if (*at != 'e' && *at != 'E') return not_numeric(text);
        ++at;
        bool negative = false;
        if (at != end && (*at == '-' || *at == '+')) negative = *at++ == '-';
        if (at == end) return not_numeric(text);
        for (; at != end; ++at) {
            if (!is_digit(*at)) return not_numeric(text);
            // Exponents are read as 64-bit; beyond that the text is no number (spec: data-model §3).
            if (exponent > (INT64_MAX - 9) / 10) return not_numeric(text);
            exponent = exponent * 10 + (*at - '0');
        }
        if (negative) exponent = -exponent;
    }

    if (last_nonzero == 0) {  // zero: its written exponent is range-checked all the same
        if (exponent > kExponentMax - 1) return error(kOverflow);
        if (exponent < kExponentMin - 1) return error(kUnderflow);
        return Number();
    }
    if (exponent > kExponentMax - point) return error(kOverflow);
    if (exponent < kExponentMin - point) return error(kUnderflow);
    if (last_nonzero > kDigitsMax) return error(kTooManyDigits);
    n.count_ = static_cast<uint8_t>(last_nonzero);
    n.exponent_ = static_cast<int16_t>(point + exponent);
    return n;
}

Number Number::from_bytes(std::string_view bytes) {
    Number n;
    const auto* at = reinterpret_cast<const unsigned char*>(bytes.data());
    size_t pairs = bytes.size() - 1;
    if (pairs == 0) return n;
    n.negative_ = at[0] < 0x80;
    const auto biased = static_cast<unsigned char>(n.negative_ ? at[0] ^ 0xff : at[0]);
    const int pair_exponent = static_cast<int>(biased) - 256 + 64;  // biased is 0x80…0xff, meaning −128…−1
    if (n.negative_ && at[pairs] == kNegativeEnd) --pairs;
    n.exponent_ = static_cast<int16_t>(pair_exponent * 2);
    for (size_t i = 1; i <= pairs; ++i) {
        const int pair = n.negative_ ? 101 - at[i] : at[i] - 1;
        if (i == 1 && pair < 10) {
            --n.exponent_;  // the first pair holds one digit
        } else if (n.count_ < kDigitsMax) {
            n.digits_[n.count_++] = static_cast<uint8_t>(pair / 10);
        }
        if (n.count_ < kDigitsMax) n.digits_[n.count_++] = static_cast<uint8_t>(pair % 10);
    }
    while (n.count_ > 0 && n.digits_[n.count_ - 1] == 0) --n.count_;
    return n;
}

void Number::append_bytes(std::string& out) const {
    char buffer[kPairsMax + 2];
    int length = 0;
    if (count_ == 0) {
        buffer[length++] = static_cast<char>(0x80);
    } else {
        const int odd = exponent_ & 1;
        auto first = static_cast<unsigned char>((exponent_ + odd) / 2 - 64);
        if (negative_) first ^= 0xff;
        buffer[length++] = static_cast<char>(first);
        for (int i = -odd; i < count_; i += 2) {
            const int high = i < 0 ? 0 : digits_[i];
            const int low = i + 1 < count_ ? digits_[i + 1] : 0;
            const int pair = high * 10 + low;
            buffer[length++] = static_cast<char>(negative_ ? 101 - pair : pair + 1);
        }
        if (negative_ && length - 1 < kPairsMax) buffer[length++] = static_cast<char>(kNegativeEnd);
    }
    out.append(buffer, static_cast<size_t>(length));
}

std::string Number::bytes() const {
    std::string out;
    append_bytes(out);
    return out;
}

void Number::append_text(std::string& out) const {
    if (count_ == 0) {
        out.push_back('0');
        return;
    }
    if (negative_) out.push_back('-');
    if (exponent_ <= 0) {
        out.append("0.");
        out.append(static_cast<size_t>(-exponent_), '0');
    }
    for (int i = 0; i < count_; ++i) {
        if (i == exponent_ && i > 0) out.push_back('.');
        out.push_back(static_cast<char>('0' + digits_[i]));
    }
    if (exponent_ > count_) out.append(static_cast<size_t>(exponent_ - count_), '0');
}

std::string Number::text() const {
    std::string out;
    append_text(out);
    return out;
}

uint32_t Number::size() const { return counted_size(count_, exponent_, negative_); }

std::strong_ordering Number::compare(const Number& other) const {
    const std::string a = bytes();
    const std::string b = other.bytes();
    return a.compare(b) <=> 0;
}

Result<Number> Number::plus(const Number& other) const {
    if (other.count_ == 0) return *this;
    if (count_ == 0) return other;
    // Align both on a common grid of digits; the exact sum needs at most this span.
    const int high = (exponent_ > other.exponent_ ? exponent_ : other.exponent_) + 1;  // room for a carry
    const int low_a = exponent_ - count_;
    const int low_b = other.exponent_ - other.count_;
    const int low = low_a < low_b ? low_a : low_b;
    constexpr int kSpanMax = kExponentMax - kExponentMin + kDigitsMax + 2;
    int8_t grid[kSpanMax] = {};
    const int span = high - low;
    const auto add = [&](const Number& n, int sign) {
        for (int i = 0; i < n.count_; ++i) {
            const int at = high - n.exponent_ + i;
            grid[at] = static_cast<int8_t>(grid[at] + sign * n.digits_[i]);
        }
    };
    add(*this, negative_ ? -1 : 1);
    add(other, other.negative_ ? -1 : 1);
    int first = 0;
    while (first < span && grid[first] == 0) ++first;
    if (first == span) return Number();
    const bool negative = grid[first] < 0;
    int carry = 0;
    for (int i = span - 1; i >= 0; --i) {
        int digit = (negative ? -grid[i] : grid[i]) + carry;
        carry = 0;
        if (digit > 9) {
            digit -= 10;
            carry = 1;
        } else if (digit < 0) {
            digit += 10;
            carry = -1;
        }
        grid[i] = static_cast<int8_t>(digit);
    }
    first = 0;
    while (grid[first] == 0) ++first;
    int last = span;
    while (grid[last - 1] == 0) --last;
    const int exponent = high - first;
    // The service answers 1e50 + 1, which needs 51 digits, with an overflow as well.
    if (exponent > kExponentMax || last - first > kDigitsMax) return error(kOverflow);
    if (exponent < kExponentMin) return error(kUnderflow);
    Number n;
    n.negative_ = negative;
    n.exponent_ = static_cast<int16_t>(exponent);
    for (int i = first; i < last; ++i) n.digits_[n.count_++] = static_cast<uint8_t>(grid[i]);
    return n;
}

Result<Number> Number::minus(const Number& other) const {
    Number negated = other;
    if (negated.count_ != 0) negated.negative_ = !negated.negative_;
    return plus(negated);
}

bool Number::to_int64(int64_t& out) const {
    if (count_ > exponent_ || exponent_ > 18) {
        out = 0;
        return count_ == 0;
    }
    int64_t value = 0;
    for (int i = 0; i < exponent_; ++i) value = value * 10 + (i < count_ ? digits_[i] : 0);
    out = negative_ ? -value : value;
    return true;
}

bool Number::ceil_int64(int64_t& out) const {
    Number whole = *this;
    const bool fraction = count_ > exponent_;
    if (fraction) {
        whole.count_ = static_cast<uint8_t>(exponent_ > 0 ? exponent_ : 0);
        while (whole.count_ > 0 && whole.digits_[whole.count_ - 1] == 0) --whole.count_;
    }
    if (!whole.to_int64(out)) return false;
    if (fraction && !negative_) ++out;
    return true;
}

uint32_t number_size(std::string_view bytes) { return Number::from_bytes(bytes).size(); }

}  // namespace sortkey
