// The declared form of an operation's input, as data: member names, types and constraints.
//
// check_types() answers the first member of a wrong type with a SerializationException (spec: data-model §8);
// check_constraints() collects violated constraints (length, value range, pattern, enum) with the texts of api.md §3.
// Unknown members are ignored, a null member equals an absent one.
#pragma once

#include <cstdint>
#include <string_view>

#include "json/document.h"
#include "model/wording.h"
#include "sortkey/result.h"

namespace sortkey::json {

enum class ShapeKind : uint8_t {
    String,
    Integer,
    Long,
    Double,
    Boolean,
    Blob,
    Timestamp,
    List,
    Map,
    Structure,
    AttributeValue
};

constexpr int64_t kNoBound = INT64_MIN;

/// What a member must satisfy; defaults are "anything goes".
struct Constraint {
    bool not_null = false;
    bool not_null_once = false;       ///< demanded in the older wording only
    bool required_parameter = false;  ///< a table's name: if missing it is reported alone
    bool length_alone_once = false;   ///< such a name of wrong length too, in the older wording only
    std::string_view pattern = {};    ///< only kNamePattern is known
    int64_t length_min = kNoBound;
    int64_t length_max = kNoBound;
    int64_t value_min = kNoBound;
    int64_t value_max = kNoBound;
    std::string_view enum_set = {};    ///< "A, B, C": the text of the message is also the list
    std::string_view newer_text = {};  ///< the whole message in the newer wording, where it follows no template
    bool newer_text_always = false;    ///< and in the older wording, where nothing else is violated
    bool path_only = false;        ///< newer wording: here and below, values are not shown and paths keep their case
    bool table_name_keys = false;  ///< map keys are table names
    int64_t element_length_min = kNoBound;  ///< "Map value must satisfy …" of lists in a map
    int64_t element_length_max = kNoBound;
};

inline constexpr std::string_view kNamePattern = "[a-zA-Z0-9_.-]+";

struct Member;

struct Shape {
    ShapeKind kind;
    std::string_view name = {};      ///< Structure: the model's name, shown when an array stands in its place
    const Shape* element = nullptr;  ///< List, Map
    Constraint element_constraint = {};
    const Member* members = nullptr;  ///< Structure
    uint32_t count = 0;

    template <uint32_t N>
    static constexpr Shape structure(std::string_view name, const Member (&members)[N]);
    static constexpr Shape list(const Shape& element, Constraint each = {}) {
        return {ShapeKind::List, {}, &element, each};
    }
    static constexpr Shape map(const Shape& element, Constraint each = {}) {
        return {ShapeKind::Map, {}, &element, each};
    }
};

/// Members stand in the order in which the service reports violated constraints.
struct Member {
    std::string_view name;
    const Shape* shape;
    Constraint constraint = {};
};

template <uint32_t N>
constexpr Shape Shape::structure(std::string_view name, const Member (&members)[N]) {
    return {ShapeKind::Structure, name, nullptr, {}, members, N};
}

inline constexpr Shape kString{ShapeKind::String};
inline constexpr Shape kInteger{ShapeKind::Integer};
inline constexpr Shape kLong{ShapeKind::Long};
inline constexpr Shape kDouble{ShapeKind::Double};
inline constexpr Shape kBoolean{ShapeKind::Boolean};
inline constexpr Shape kTimestamp{ShapeKind::Timestamp};
inline constexpr Shape kAttributeValue{ShapeKind::AttributeValue, "AttributeValue"};
inline constexpr Shape kStringList = Shape::list(kString);
inline constexpr Shape kStringMap = Shape::map(kString);
inline constexpr Shape kAttributeMap = Shape::map(kAttributeValue);
inline constexpr Shape kAttributeList = Shape::list(kAttributeValue);

/// Errors: Serialization, the first member (in declared order) of a wrong type.
Status check_types(const Shape& shape, Node input);

/// Errors: Validation. Older wording lists up to ten violations with their values; newer reports the first alone.
Status check_constraints(const Shape& shape, Node input, Wording wording);

/// A boolean member as the service reads it: true/false, or the strings true/1/yes, false/0/no in any case.
bool boolean_of(Node node);
/// An integer member; a fraction is cut off downwards.
int64_t integer_of(Node node);

}  // namespace sortkey::json
