// Values as messages show them: `[KeySchemaElement(attributeName=a, keyType=null)]`.
#pragma once

#include <cstddef>
#include <string>

#include "json/shape.h"

namespace sortkey::json {

/// Messages show what was sent, and no ordinary request comes near this bound; without it a few bytes of braces would
/// make a message hundreds of times as long.
inline constexpr size_t kEchoBytesMax = 128 * 1024;

/// Appends the value, until `text` has kEchoBytesMax bytes; what is left out shows as "…".
void echo(std::string& text, Node node, const Shape& shape);

}  // namespace sortkey::json
