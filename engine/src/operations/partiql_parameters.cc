#include "operations/partiql_parameters.h"

#include "json/attribute_value.h"
#include "model/number.h"

namespace sortkey {
namespace {

constexpr int64_t kExponentMax = INT32_MAX;

Status check_number(std::string_view text, bool& wraps) {
    auto number = Number::parse(text);
    if (number) return {};
    const std::string_view not_numeric = "The parameter cannot be converted to a numeric value: ";
    if (number.error().message.starts_with(not_numeric)) return std::move(number.error());
    // Out of range: then there is an exponent, or so many digits that there need be none.
    const size_t mark = text.find_first_of("eE");
    if (mark == std::string_view::npos) return {};
    std::string_view digits = text.substr(mark + 1);
    const bool negative = digits[0] == '-';
    digits.remove_prefix(negative || digits[0] == '+' ? 1 : 0);
    int64_t exponent = 0;
    for (const char digit : digits) {
        exponent = exponent * 10 + (digit - '0');
        if (exponent > kExponentMax) return Error::validation(std::string(not_numeric) + std::string(text));
    }
    wraps = wraps || (exponent == kExponentMax && !negative);
    return {};
}

Status check_value(json::Node value, bool& wraps, int level) {
    if (value.is_null()) return {};
    if (level > json::kNestingMax) return Error::validation(std::string(json::kNestingText));
    if (const json::Node number = value.find("N")) SORTKEY_CHECK(check_number(number.text(), wraps));
    if (const json::Node set = value.find("NS"))
        for (const json::Node::Member element : set.elements())
            if (!element.value.is_null()) SORTKEY_CHECK(check_number(element.value.text(), wraps));
    if (const json::Node list = value.find("L"))
        for (const json::Node::Member element : list.elements())
            SORTKEY_CHECK(check_value(element.value, wraps, level + 1));
    if (const json::Node map = value.find("M"))
        for (const json::Node::Member member : map.members())
            SORTKEY_CHECK(check_value(member.value, wraps, level + 1));
    return {};
}

}  // namespace

Status check_parameter(json::Node value, bool& wraps) { return check_value(value, wraps, 1); }

}  // namespace sortkey
