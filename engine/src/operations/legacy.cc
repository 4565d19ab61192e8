#include "operations/legacy.h"

#include "json/attribute_value.h"
#include "json/members.h"
#include "operations/legacy_conditions.h"

namespace sortkey {
namespace {

// ConditionalOperator joins two conditions or more; nothing else may carry it.
Status check_conditional_operator(json::Node input, json::Node conditions) {
    if (!input.find("ConditionalOperator")) return {};
    const size_t count = conditions ? json::members_of(conditions).size() : 0;
    if (count == 0) return Error::validation("ConditionalOperator cannot be used without Filter or Expected");
    if (count == 1)
        return Error::validation(
            "ConditionalOperator can only be used when Filter or Expected has two or more elements");
    return {};
}

std::optional<Condition> joined(json::Node input, Tree tree, const std::vector<NodeId>& terms) {
    if (terms.empty()) return {};
    const Op op = text_of(input.find("ConditionalOperator")) == "OR" ? Op::Or : Op::And;
    tree.root = terms.size() == 1 ? terms[0] : tree.add(op, terms.data(), terms.size());
    return Condition{std::move(tree)};
}

// What an Expected entry compares with which operator; the older form has Value and Exists instead.
Result<NodeId> add_expected(Call& call, Tree& tree, const json::Node::Member& entry) {
    SORTKEY_CHECK(check_attribute_name(entry.name));
    const json::Node condition = entry.value;
    const json::Node value = condition.find("Value");
    const json::Node list = condition.find("AttributeValueList");
    const json::Node exists = condition.find("Exists");
    const auto refused = [&](std::string_view text) {
        return Error::invalid_parameter(std::string(text) + " for Attribute: " + std::string(entry.name));
    };
    if (value && list) return refused("Value and AttributeValueList cannot be used together");
    if (const json::Node comparison = condition.find("ComparisonOperator")) {
        const legacy::Comparison& rule = *legacy::find_comparison(comparison.text());
        if (exists) return refused("Exists and ComparisonOperator cannot be used together");
        if (rule.arguments != 0 && !value && !list)
            return refused("Value or AttributeValueList must be used with ComparisonOperator: " +
                           std::string(rule.name));
        SORTKEY_TRY(arguments, legacy::read_arguments(call, rule, list, value));
        return legacy::add_comparison(tree, entry.name, rule, std::move(arguments));
    }
    if (list) return refused("AttributeValueList can only be used with a ComparisonOperator");
    if (exists && !json::boolean_of(exists)) {
        if (value) return refused("Value cannot be used when Exists is false");
        return legacy::add_comparison(tree, entry.name, *legacy::find_comparison("NULL"), {});
    }
    if (!value)
        return refused(exists ? "Value must be provided when Exists is true"
                              : "Value must be provided when Exists is null");
    const legacy::Comparison& equal = *legacy::find_comparison("EQ");
    SORTKEY_TRY(arguments, legacy::read_arguments(call, equal, {}, value));
    return legacy::add_comparison(tree, entry.name, equal, std::move(arguments));
}

Result<UpdateAction> add_update(Call& call, Tree& tree, const json::Node::Member& entry) {
    SORTKEY_CHECK(check_attribute_name(entry.name));
    const json::Node value = entry.value.find("Value");
    const std::string_view action = text_of(entry.value.find("Action"));
    std::string encoded;
    if (value) SORTKEY_CHECK(json::read_value(value, encoded, call.wording));
    if (!value && action != "DELETE")
        return Error::invalid_parameter("Only DELETE action is allowed when no attribute value is specified");
    const NodeId path = tree.add_path({PathPart::of_name(entry.name)});
    if (!value) return UpdateAction{Section::Remove, path, kNoNode};

    const Type type = ValueView(encoded).type();
    if (action == "DELETE" && !is_set(type))
        return Error::invalid_parameter("DELETE action with value is not supported for the type " +
                                        std::string(type_name(type)));
    if (action == "ADD" && !is_set(type) && type != Type::N && type != Type::L)
        return Error::invalid_parameter("ADD action is not supported for the type " + std::string(type_name(type)));
    const Section section = action == "DELETE" ? Section::Delete : action == "ADD" ? Section::Add : Section::Set;
    return UpdateAction{section, path, tree.add_value(std::move(encoded))};
}

KeyComparator key_comparator(Op op) {
    switch (op) {
        case Op::Less:
            return KeyComparator::Less;
        case Op::LessEqual:
            return KeyComparator::LessEqual;
        case Op::Greater:
            return KeyComparator::Greater;
        case Op::GreaterEqual:
            return KeyComparator::GreaterEqual;
        case Op::Between:
            return KeyComparator::Between;
        case Op::BeginsWith:
            return KeyComparator::BeginsWith;
        default:
            return KeyComparator::Equal;
    }
}

bool serves_keys(Op op) {
    return op != Op::NotEqual && op != Op::In && op != Op::Contains && op != Op::AttributeExists &&
           op != Op::AttributeNotExists;
}

constexpr json::Member kExpectedMembers[] = {
    {"AttributeValueList", &json::kAttributeList},
    {"ComparisonOperator", &json::kString, {.enum_set = legacy::kComparisonNames}},
    {"Exists", &json::kBoolean},
    {"Value", &json::kAttributeValue},
};
constexpr json::Shape kExpectedAttributeValue = json::Shape::structure("ExpectedAttributeValue", kExpectedMembers);

constexpr json::Member kConditionMembers[] = {
    {"AttributeValueList", &json::kAttributeList},
    {"ComparisonOperator", &json::kString, {.not_null = true, .enum_set = legacy::kComparisonNames}},
};
constexpr json::Shape kCondition = json::Shape::structure("Condition", kConditionMembers);

}  // namespace

const json::Shape kExpected = json::Shape::map(kExpectedAttributeValue);
const json::Shape kConditions = json::Shape::map(kCondition);

Result<std::optional<Condition>> legacy_expected(Call& call, json::Node input, ExpressionContext&) {
    const json::Node expected = input.find("Expected");
    SORTKEY_CHECK(check_conditional_operator(input, expected));
    if (!expected) return std::optional<Condition>();
    Tree tree;
    std::vector<NodeId> terms;
    for (const json::Node::Member& entry : json::members_of(expected)) {
        SORTKEY_TRY(term, add_expected(call, tree, entry));
        terms.push_back(term);
    }
    return joined(input, std::move(tree), terms);
}

Result<std::optional<Update>> legacy_attribute_updates(Call& call, json::Node input, ExpressionContext&) {
    const json::Node updates = input.find("AttributeUpdates");
    if (!updates) return std::optional<Update>();
    Update update;
    update.legacy = true;
    for (const json::Node::Member& entry : json::members_of(updates)) {
        SORTKEY_TRY(action, add_update(call, update.tree, entry));
        update.actions.push_back(action);
    }
    prepare_update(update);
    return std::optional<Update>(std::move(update));
}

Result<std::optional<Projection>> legacy_attributes_to_get(json::Node input) {
    const json::Node list = input.find("AttributesToGet");
    if (!list) return std::optional<Projection>();
    std::vector<std::string_view> names;
    for (const json::Node::Member element : list.elements()) {
        if (element.value.is_null()) continue;
        names.push_back(element.value.text());
        SORTKEY_CHECK(check_attribute_name(names.back()));
    }
    SORTKEY_TRY(projection, projection_of_names(names));
    return std::optional<Projection>(std::move(projection));
}

Result<std::optional<Condition>> legacy_filter(Call& call, json::Node input, std::string_view member,
                                               ExpressionContext&) {
    const json::Node filter = input.find(member);
    SORTKEY_CHECK(check_conditional_operator(input, filter));
    if (!filter) return std::optional<Condition>();
    Tree tree;
    std::vector<NodeId> terms;
    for (const json::Node::Member& entry : json::members_of(filter)) {
        SORTKEY_CHECK(check_attribute_name(entry.name));
        const legacy::Comparison& rule = *legacy::find_comparison(text_of(entry.value.find("ComparisonOperator")));
        SORTKEY_TRY(arguments, legacy::read_arguments(call, rule, entry.value.find("AttributeValueList"), {}));
        terms.push_back(legacy::add_comparison(tree, entry.name, rule, std::move(arguments)));
    }
    return joined(input, std::move(tree), terms);
}

Result<std::optional<KeyCondition>> legacy_key_conditions(Call& call, json::Node input, ExpressionContext&) {
    const json::Node conditions = input.find("KeyConditions");
    if (!conditions) return std::optional<KeyCondition>();
    const std::vector<json::Node::Member> entries = json::members_of(conditions);
    KeyCondition condition;
    condition.owned.reserve(entries.size());  // the terms view these strings, so they must not move
    for (const json::Node::Member& entry : entries) {
        SORTKEY_CHECK(check_attribute_name(entry.name));
        const legacy::Comparison& rule = *legacy::find_comparison(text_of(entry.value.find("ComparisonOperator")));
        SORTKEY_TRY(arguments, legacy::read_arguments(call, rule, entry.value.find("AttributeValueList"), {}));
        KeyTerm term;
        term.attribute = entry.name;
        term.comparator = key_comparator(rule.op);
        condition.owned.push_back(std::move(arguments.encoded));
        if (serves_keys(rule.op)) {
            const char* values = condition.owned.back().data();
            term.lower = ValueView(values + arguments.offsets[0]);
            if (rule.op == Op::Between) term.upper = ValueView(values + arguments.offsets[1]);
        }
        condition.terms.push_back(term);
    }
    return std::optional<KeyCondition>(std::move(condition));
}

}  // namespace sortkey
