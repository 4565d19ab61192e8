#include "operations/legacy_conditions.h"

#include "json/attribute_value.h"

namespace sortkey::legacy {
namespace {

constexpr uint16_t bit(Type type) { return static_cast<uint16_t>(1u << static_cast<unsigned>(type)); }
constexpr uint16_t kAny = 0xffff;
constexpr uint16_t kTexts = bit(Type::S) | bit(Type::B);
constexpr uint16_t kOrdered = kTexts | bit(Type::N);

constexpr Comparison kComparisons[] = {
    {"EQ", 1, kAny, Op::Equal},
    {"NE", 1, kAny, Op::NotEqual},
    {"LT", 1, kOrdered, Op::Less},
    {"LE", 1, kOrdered, Op::LessEqual},
    {"GT", 1, kOrdered, Op::Greater},
    {"GE", 1, kOrdered, Op::GreaterEqual},
    {"NULL", 0, kAny, Op::AttributeNotExists},
    {"NOT_NULL", 0, kAny, Op::AttributeExists},
    {"CONTAINS", 1, kOrdered, Op::Contains},
    {"NOT_CONTAINS", 1, kOrdered, Op::Contains, true},
    {"BEGINS_WITH", 1, kTexts, Op::BeginsWith},
    {"IN", kOneOrMore, kOrdered, Op::In},
    {"BETWEEN", 2, kOrdered, Op::Between},
};

Status read_argument(Call& call, json::Node value, Arguments& arguments) {
    if (value.is_null())
        return Error::validation(
            "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
    arguments.offsets.push_back(arguments.encoded.size());
    return json::read_value(value, arguments.encoded, call.wording);
}

}  // namespace

const Comparison* find_comparison(std::string_view name) {
    for (const Comparison& comparison : kComparisons)
        if (comparison.name == name) return &comparison;
    return nullptr;
}

Result<Arguments> read_arguments(Call& call, const Comparison& rule, json::Node list, json::Node value) {
    Arguments arguments;
    if (value) SORTKEY_CHECK(read_argument(call, value, arguments));
    if (list) {
        for (const json::Node::Member element : list.elements())
            SORTKEY_CHECK(read_argument(call, element.value, arguments));
    }
    const size_t count = arguments.offsets.size();
    if (rule.arguments == kOneOrMore ? count == 0 : count != static_cast<size_t>(rule.arguments))
        return Error::invalid_parameter("Invalid number of argument(s) for the " + std::string(rule.name) +
                                        " ComparisonOperator");
    const auto at = [&](size_t i) { return ValueView(arguments.encoded.data() + arguments.offsets[i]); };
    for (size_t i = 1; i < count; ++i)
        if (at(i).type() != at(0).type())
            return Error::invalid_parameter("AttributeValues inside AttributeValueList must be of same type");
    if (count > 0 && (rule.types & bit(at(0).type())) == 0)
        return Error::invalid_parameter("ComparisonOperator " + std::string(rule.name) + " is not valid for " +
                                        std::string(type_name(at(0).type())) + " AttributeValue type");
    if (rule.op == Op::Between && at(0).scalar() > at(1).scalar())
        return Error::validation(
            "The BETWEEN condition was provided a range where the lower bound is greater than the upper bound");
    return arguments;
}

NodeId add_comparison(Tree& tree, std::string_view name, const Comparison& rule, Arguments arguments) {
    const std::string_view values = tree.own(std::move(arguments.encoded));
    std::vector<NodeId> operands{tree.add_path({PathPart::of_name(name)})};
    for (const size_t offset : arguments.offsets) operands.push_back(tree.add_value(ValueView(values.data() + offset)));
    const NodeId test = tree.add(rule.op, operands.data(), operands.size());
    if (!rule.negated) return test;
    // An absent attribute neither contains nor "does not contain".
    const NodeId lacks = tree.add(Op::Not, {test});
    const NodeId exists = tree.add(Op::AttributeExists, {tree.add_path({PathPart::of_name(name)})});
    return tree.add(Op::And, {exists, lacks});
}

}  // namespace sortkey::legacy
