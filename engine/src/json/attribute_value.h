// Attribute values between JSON and the compact form, with the service's checks on values.
#pragma once

#include <string>
#include <string_view>

#include "json/document.h"
#include "model/value.h"
#include "model/wording.h"
#include "sortkey/result.h"

namespace sortkey::json {

/// How deep a value may nest, the attribute itself being level 1 (spec: data-model §1).
inline constexpr int kNestingMax = 32;
inline constexpr std::string_view kNestingText =
    "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit";

/// Names have 1 to 65,535 bytes.
inline constexpr std::string_view kEmptyAttributeName = "Empty attribute name";
inline constexpr std::string_view kAttributeNameTooLarge = "Attribute name is too large, must be less than 65536 bytes";

/// Appends the encoded value. REQUIRES check_types() passed.
/// Errors: Validation: empty or multi-typed values, bad numbers, sets that are empty or repeat a member, NULL false,
/// nesting. `wording` picks the text of repeated members.
Status read_value(Node node, std::string& out, Wording wording, bool check_nesting = true);

/// Appends the encoded item of a JSON object of attribute values. Errors: as read_value; empty attribute name.
Status read_item(Node object, std::string& out, Wording wording, bool check_nesting = true);

/// `{"S":"x"}`
void write_value(std::string& json, ValueView value);
/// `{"a":{"S":"x"},…}`
void write_item(std::string& json, MapView item);
/// A JSON string with quotes and escapes.
void write_string(std::string& json, std::string_view text);
/// A JSON number; halves such as 0.5 as such, whole values without a fraction.
void write_number(std::string& json, double value);
/// Epoch seconds with milliseconds, as timestamps appear in responses.
void write_timestamp(std::string& json, int64_t micros);
/// `AttributeValue: {S:x}`, as some messages show values.
std::string describe_value(ValueView value);

}  // namespace sortkey::json
