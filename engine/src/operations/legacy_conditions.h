// One legacy comparison: an attribute, a ComparisonOperator and its values (spec: expressions.md §8).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "operations/common.h"

namespace sortkey::legacy {

inline constexpr std::string_view kComparisonNames =
    "IN, NULL, BETWEEN, LT, NOT_CONTAINS, EQ, GT, NOT_NULL, NE, LE, BEGINS_WITH, GE, CONTAINS";

struct Comparison {
    std::string_view name;
    int arguments;   ///< how many values it takes; kOneOrMore
    uint16_t types;  ///< bit per Type its values may have
    Op op;           ///< its equivalent; NOT_CONTAINS negates it
    bool negated = false;
};
inline constexpr int kOneOrMore = -1;

/// nullptr for a name that is none of kComparisonNames.
const Comparison* find_comparison(std::string_view name);

/// Values of one comparison, encoded back to back.
struct Arguments {
    std::string encoded;
    std::vector<size_t> offsets;
};

/// Reads an AttributeValueList, or the single `value` that stands for one.
/// Errors: values, P "Invalid number of argument(s) for the EQ ComparisonOperator", P "AttributeValues inside
/// AttributeValueList must be of same type", P "ComparisonOperator LT is not valid for SS AttributeValue type", and the
/// order of BETWEEN's bounds.
Result<Arguments> read_arguments(Call& call, const Comparison& rule, json::Node list, json::Node value);

/// Adds the comparison as a condition. `name` must outlive the tree; the values become the tree's.
NodeId add_comparison(Tree& tree, std::string_view name, const Comparison& rule, Arguments arguments);

}  // namespace sortkey::legacy
