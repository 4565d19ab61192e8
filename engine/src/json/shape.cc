#include "json/shape.h"

#include <cctype>
#include <cmath>
#include <cstdlib>
#include <string>

#include "json/echo.h"
#include "support/base64.h"
#include "support/text.h"
#include "support/utf8.h"

namespace sortkey::json {
namespace {

constexpr Shape kBlob{ShapeKind::Blob};
constexpr Shape kBlobList = Shape::list(kBlob);
constexpr Member kAttributeValueMembers[] = {
    {"S", &kString},    {"B", &kBlob},        {"N", &kString},      {"BOOL", &kBoolean},    {"NULL", &kBoolean},
    {"BS", &kBlobList}, {"NS", &kStringList}, {"SS", &kStringList}, {"L", &kAttributeList}, {"M", &kAttributeMap},
};
constexpr Shape kAttributeValueStructure = Shape::structure("AttributeValue", kAttributeValueMembers);

Error serialization(std::string text) { return Error::make(ErrorCode::Serialization, std::move(text)); }

std::string_view java_class(ShapeKind kind) {
    switch (kind) {
        case ShapeKind::String:
            return "java.lang.String";
        case ShapeKind::Integer:
            return "java.lang.Integer";
        case ShapeKind::Long:
            return "java.lang.Long";
        case ShapeKind::Double:
            return "java.lang.Double";
        case ShapeKind::Boolean:
            return "java.lang.Boolean";
        case ShapeKind::Timestamp:
            return "java.util.Date";
        default:
            return "java.nio.ByteBuffer";
    }
}

std::string_view java_name(ShapeKind kind) {
    const std::string_view whole = java_class(kind);
    return whole.substr(whole.rfind('.') + 1);
}

std::string element_type(const Shape& shape) {
    switch (shape.kind) {
        case ShapeKind::Structure:
        case ShapeKind::AttributeValue:
            return "com.amazonaws.dynamodb.v20120810." + std::string(shape.name);
        case ShapeKind::List:
            return "java.util.List<" + element_type(*shape.element) + ">";
        case ShapeKind::Map:
            return "java.util.Map<java.lang.String, " + element_type(*shape.element) + ">";
        default:
            return std::string(java_class(shape.kind));
    }
}

// Where a value stands decides the text of some messages.
enum class Place : uint8_t { Member, Element };

constexpr std::string_view kParameterized =
    "class sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl cannot be cast to class java.lang.Class "
    "(sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl and java.lang.Class are in module java.base of "
    "loader 'bootstrap')";

Status check(const Shape& shape, Node node, Place place, int depth);

bool equals_ignoring_case(std::string_view text, std::string_view upper) {
    if (text.size() != upper.size()) return false;
    for (size_t i = 0; i < text.size(); ++i)
        if (std::toupper(static_cast<unsigned char>(text[i])) != upper[i]) return false;
    return true;
}

bool reads_as_true(std::string_view text) {
    return equals_ignoring_case(text, "TRUE") || text == "1" || equals_ignoring_case(text, "YES");
}
bool reads_as_false(std::string_view text) {
    return equals_ignoring_case(text, "FALSE") || text == "0" || equals_ignoring_case(text, "NO");
}

Status check_scalar(const Shape& shape, Node node) {
    const Kind kind = node.kind();
    if (kind == Kind::Array) {
        return serialization("Unrecognized collection type class " + std::string(java_class(shape.kind)));
    }
    if (kind == Kind::Object) return serialization("Start of structure or map found where not expected");
    const bool is_number = kind == Kind::Integer || kind == Kind::Decimal;
    const bool is_boolean = kind == Kind::True || kind == Kind::False;
    const std::string_view number_word = kind == Kind::Integer ? "NUMBER_VALUE" : "DECIMAL_VALUE";
    const std::string_view boolean_word = kind == Kind::True ? "TRUE_VALUE" : "FALSE_VALUE";
    const auto cannot = [&](std::string_view word) {
        return serialization(std::string(word) + " cannot be converted to " + std::string(java_name(shape.kind)));
    };
    switch (shape.kind) {
        case ShapeKind::String:
            if (is_number) return cannot(number_word);
            if (is_boolean) return cannot(boolean_word);
            return {};
        case ShapeKind::Boolean:
            if (is_number) return cannot(number_word);
            if (kind == Kind::String && !reads_as_true(node.text()) && !reads_as_false(node.text()))
                return serialization("Unexpected token received from parser");
            return {};
        case ShapeKind::Blob: {
            if (kind != Kind::String) return serialization("only base-64-encoded strings are convertible to bytes");
            std::string decoded;
            switch (decode_base64(node.text(), decoded)) {
                case Base64Fault::None:
                    return {};
                case Base64Fault::Length:
                    return serialization("Base64 encoded length is expected a multiple of 4 bytes but found: " +
                                         std::to_string(node.text().size()));
                case Base64Fault::LastCharacter:
                    return serialization("Invalid last non-pad Base64 character dectected");
                case Base64Fault::Alphabet:
                    if (node.text().size() % 4 != 0)
                        return serialization("Base64 encoded length is expected a multiple of 4 bytes but found: " +
                                             std::to_string(node.text().size()));
                    return serialization("Invalid last non-pad Base64 character dectected");
            }
            return {};
        }
        default:  // numbers
            if (is_boolean) return cannot(boolean_word);
            if (kind == Kind::String) return cannot("STRING_VALUE");
            return {};
    }
}

Status check_structure(const Shape& shape, Node node, Place place, int depth) {
    if (node.kind() == Kind::Array) return serialization("Unrecognized collection type class " + element_type(shape));
    if (node.kind() != Kind::Object)
        return serialization(place == Place::Element ? "Unexpected value type in payload" : "Unexpected field type");
    // Members are looked at in the order they were sent, as a streaming parser meets them.
    for (const Node::Member member : node.members()) {
        if (member.value.is_null()) continue;
        for (uint32_t i = 0; i < shape.count; ++i) {
            if (!same_name(shape.members[i].name, member.name)) continue;
            SORTKEY_CHECK(check(*shape.members[i].shape, member.value, Place::Member, depth));
            break;
        }
    }
    return {};
}

// {"S": "…"} and {"N": "…"}: nearly all values there are, and right as far as types go.
bool is_plain_text(Node node) {
    if (node.kind() != Kind::Object || node.count() != 1) return false;
    const Node::Member only = *node.members().begin();
    return only.value.kind() == Kind::String && (only.name == "S" || only.name == "N");
}

// Deeper values are refused by the operation's own nesting check; the stack must survive until then.
constexpr int kDepthMax = 64;

Status check(const Shape& shape, Node node, Place place, int depth) {
    if (depth > kDepthMax) return {};
    switch (shape.kind) {
        case ShapeKind::AttributeValue:
            if (is_plain_text(node)) return {};
            return check_structure(kAttributeValueStructure, node, place, depth + 1);
        case ShapeKind::Structure:
            return check_structure(shape, node, place, depth + 1);
        case ShapeKind::List:
            if (node.kind() == Kind::Object) return serialization("Start of structure or map found where not expected");
            if (node.kind() != Kind::Array)
                return serialization(std::string(place == Place::Element ? kParameterized : "Unexpected field type"));
            for (const Node::Member element : node.elements()) {
                if (element.value.is_null()) continue;
                SORTKEY_CHECK(check(*shape.element, element.value, Place::Element, depth + 1));
            }
            return {};
        case ShapeKind::Map:
            if (node.kind() == Kind::Array) return serialization("Unrecognized collection type " + element_type(shape));
            if (node.kind() != Kind::Object)
                return serialization(std::string(place == Place::Element ? kParameterized : "Unexpected field type"));
            for (const Node::Member member : node.members()) {
                if (member.value.is_null()) continue;
                SORTKEY_CHECK(check(*shape.element, member.value, Place::Element, depth + 1));
            }
            return {};
        default:
            return check_scalar(shape, node);
    }
}

// --- constraints ------------------------------------------------------------------------------------------------

constexpr size_t kPathNameBytesMax = 1024;
constexpr size_t kElementsAfterViolation = 1000;  // that are looked at for further violations

bool matches_name_pattern(std::string_view text) {
    if (text.empty()) return false;
    for (const char c : text)
        if (!std::isalnum(static_cast<unsigned char>(c)) && c != '_' && c != '.' && c != '-') return false;
    return true;
}

bool in_enum(std::string_view set, std::string_view value) {
    for (size_t from = 0; from <= set.size();) {
        size_t to = set.find(", ", from);
        if (to == std::string_view::npos) to = set.size();
        if (set.substr(from, to - from) == value) return true;
        from = to + 2;
    }
    return false;
}

int64_t length_of(Node node) {
    if (node.kind() == Kind::Array || node.kind() == Kind::Object) return node.count();
    int64_t characters = 0;
    for (const char c : node.text())
        if ((static_cast<unsigned char>(c) & 0xc0) != 0x80) ++characters;
    return characters;
}

constexpr size_t kViolationsMax = 10;
constexpr int64_t kArnCharactersMax = 1024;  // a table may be named by its ARN

class ConstraintWalk {
public:
    explicit ConstraintWalk(Wording wording) : newer_(wording == Wording::newer) {}

    void structure(const Shape& shape, Node node, const std::string& path) {
        for (uint32_t i = 0; i < shape.count && !full(); ++i) {
            const Member& member = shape.members[i];
            const Node value = node.find(member.name);
            const bool outer = path_only_;
            path_only_ = outer || (newer_ && member.constraint.path_only);
            visit(member.constraint, *member.shape, value, path, member.name);
            path_only_ = outer;
        }
    }

    Status result() const {
        if (count_ == 0) return {};
        if (!whole_text_.empty() && !alone_ && (newer_ || count_ == 1))
            return Error::validation(std::string(whole_text_));
        return Error::validation(std::to_string(count_) + " validation error" + (count_ > 1 ? "s" : "") +
                                 " detected: " + text_);
    }

private:
    // A bad table name is reported alone in the newer wording.
    bool full() const { return alone_ || count_ >= kViolationsMax; }
    /// Whether another element of a list or map is worth a look.
    bool done() { return full() || (count_ > 0 && looked_at_++ >= kElementsAfterViolation); }

    void visit(const Constraint& constraint, const Shape& shape, Node node, const std::string& path,
               std::string_view name) {
        const auto report = [&](const std::string& detail) {
            if (newer_ && name == "TableName" && path.empty() && !alone_) {
                alone_ = true;
                count_ = 0;
                text_.clear();
            } else if (count_ == 0 && (newer_ || constraint.newer_text_always)) {
                whole_text_ = constraint.newer_text;
            }
            violated(shape, node, path, name, detail);
        };
        if (!node) {
            if (constraint.not_null || (constraint.not_null_once && !newer_)) report("Member must not be null");
            return;
        }
        own_constraints(constraint, shape, node, report);
        if (shape.kind != ShapeKind::Structure && !shape.element) return;
        if (shape.element && shape.element->kind != ShapeKind::Structure && !shape.element->element &&
            !has_any(shape.element_constraint))
            return;
        std::string inner;
        inner.reserve(path.size() + name.size() + 1);
        append_name(inner, path, name);
        if (shape.kind == ShapeKind::Structure) {
            structure(shape, node, inner);
        } else if (shape.kind == ShapeKind::List) {
            int index = 0;
            for (const Node::Member element : node.elements()) {
                if (done()) return;
                visit(shape.element_constraint, *shape.element, element.value.is_null() ? Node() : element.value,
                      inner + "." + std::to_string(++index), "member");
            }
        } else {
            for (const Node::Member member : node.members()) {
                if (done()) return;
                std::string place = inner + ".";
                append_bounded(place, member.name, place.size() + kPathNameBytesMax);
                visit(shape.element_constraint, *shape.element, member.value.is_null() ? Node() : member.value, place,
                      "member");
            }
        }
    }

    static bool has_any(const Constraint& c) {
        return c.not_null || !c.pattern.empty() || c.length_min != kNoBound || c.length_max != kNoBound ||
               c.value_min != kNoBound || c.value_max != kNoBound || !c.enum_set.empty();
    }

    template <class Report>
    void own_constraints(const Constraint& c, const Shape& shape, Node node, const Report& report) {
        // An empty name of a table that is read or written violates only its length.
        const bool arn = !c.pattern.empty() && node.text().starts_with("arn:");
        if (!c.pattern.empty() && !arn && !matches_name_pattern(node.text()) &&
            !(c.length_min == 1 && node.text().empty()))
            report("Member must satisfy regular expression pattern: " + std::string(c.pattern));
        if (c.length_min != kNoBound && length_of(node) < c.length_min)
            report("Member must have length greater than or equal to " + std::to_string(c.length_min));
        const int64_t length_max = arn ? kArnCharactersMax : c.length_max;
        if (c.length_max != kNoBound && length_of(node) > length_max)
            report("Member must have length less than or equal to " + std::to_string(length_max));
        if (c.value_min != kNoBound && integer_of(node) < c.value_min)
            report("Member must have value greater than or equal to " + std::to_string(c.value_min));
        if (c.value_max != kNoBound && integer_of(node) > c.value_max)
            report("Member must have value less than or equal to " + std::to_string(c.value_max));
        if (!c.enum_set.empty() && !in_enum(c.enum_set, node.text()))
            report("Member must satisfy enum value set: [" + std::string(c.enum_set) + "]");
        if (c.table_name_keys) {
            for (const Node::Member member : node.members()) {
                if (member.name.starts_with("arn:")) continue;
                if (member.name.size() >= 3 && member.name.size() <= 255 && matches_name_pattern(member.name)) continue;
                report(
                    "Map keys must satisfy constraint: [Member must have length less than or equal to 255, "
                    "Member must have length greater than or equal to 3, Member must satisfy regular expression "
                    "pattern: " +
                    std::string(kNamePattern) + "]");
                break;
            }
        }
        if (c.element_length_max != kNoBound && shape.kind == ShapeKind::Map) {
            for (const Node::Member member : node.members()) {
                if (member.value.is_null()) continue;
                const int64_t length = length_of(member.value);
                if (length >= c.element_length_min && length <= c.element_length_max) continue;
                report("Map value must satisfy constraint: [Member must have length less than or equal to " +
                       std::to_string(c.element_length_max) + ", Member must have length greater than or equal to " +
                       std::to_string(c.element_length_min) + "]");
                break;
            }
        }
    }

    void append_name(std::string& out, const std::string& path, std::string_view name) const {
        if (!path.empty()) {
            out += path;
            out += '.';
        }
        const size_t at = out.size();
        out += name;
        if (!path_only_) out[at] = static_cast<char>(std::tolower(static_cast<unsigned char>(out[at])));
    }

    void violated(const Shape& shape, Node node, const std::string& path, std::string_view name,
                  const std::string& detail) {
        if (count_ >= kViolationsMax) return;
        if (count_++ > 0) text_ += "; ";
        std::string at;
        append_name(at, path, name);
        text_ += "Value ";
        if (!path_only_ && node) {
            text_ += '\'';
            echo(text_, node, shape);
            text_ += "' ";
        } else if (!path_only_) {
            text_ += "null ";
        }
        text_ += "at '" + at + "' failed to satisfy constraint: " + detail;
    }

    bool newer_;
    bool path_only_ = false;
    std::string_view whole_text_;
    bool alone_ = false;
    size_t count_ = 0;
    size_t looked_at_ = 0;  // elements since something was violated
    std::string text_;
};

}  // namespace

Status check_types(const Shape& shape, Node input) { return check_structure(shape, input, Place::Member, 0); }

Status check_constraints(const Shape& shape, Node input, Wording wording) {
    for (uint32_t i = 0; i < shape.count; ++i) {
        const Member& member = shape.members[i];
        if (!member.constraint.required_parameter) continue;
        const Node value = input.find(member.name);
        if (!value)
            return Error::validation("The parameter '" + std::string(member.name) +
                                     "' is required but was not present in the request");
        const int64_t length = length_of(value);
        if (member.constraint.length_alone_once && wording == Wording::older && (length < 3 || length > 255))
            return Error::validation(std::string(member.name) +
                                     " must be at least 3 characters long and at most 255 characters long");
    }
    ConstraintWalk walk(wording);
    walk.structure(shape, input, {});
    return walk.result();
}

bool boolean_of(Node node) {
    if (!node) return false;
    return node.kind() == Kind::True || (node.kind() == Kind::String && reads_as_true(node.text()));
}

int64_t integer_of(Node node) {
    if (node.kind() == Kind::Integer) return node.integer();
    const double value = std::floor(std::strtod(std::string(node.text()).c_str(), nullptr));
    if (value >= 9.2e18) return INT64_MAX;
    if (value <= -9.2e18) return INT64_MIN;
    return static_cast<int64_t>(value);
}

}  // namespace sortkey::json
