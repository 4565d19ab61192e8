// The service's reserved words: names that need a # placeholder in expressions.
//
// Source: the DynamoDB developer guide, "Reserved words in DynamoDB".
#pragma once

#include <string_view>

namespace sortkey {

/// Whether `name` is one of the 573 reserved words, in any case.
bool is_reserved_word(std::string_view name);

}  // namespace sortkey
