// Key conditions: from a condition's tree to terms, and from terms to what must be read.
#include "expression/expression.h"
#include "expression/parser.h"

namespace sortkey {
namespace {

constexpr std::string_view kParameter = "KeyConditionExpression";

Error bare_error(std::string message, Span span) {
    Error error = Error::validation(std::move(message));
    if (span.length > 0) error.position = {std::string(kParameter), span.offset, span.length};
    return error;
}

/// A text that newer answers put behind "Invalid KeyConditionExpression: ".
Error worded_error(Wording wording, std::string message, Span span) {
    if (wording == Wording::newer) return expression_error(Kind::KeyCondition, std::move(message), span);
    return bare_error(std::move(message), span);
}

KeyComparator comparator_of(Op op) {
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

/// ":v < key" says the same as "key > :v".
KeyComparator mirrored(KeyComparator comparator) {
    switch (comparator) {
        case KeyComparator::Less:
            return KeyComparator::Greater;
        case KeyComparator::LessEqual:
            return KeyComparator::GreaterEqual;
        case KeyComparator::Greater:
            return KeyComparator::Less;
        case KeyComparator::GreaterEqual:
            return KeyComparator::LessEqual;
        default:
            return comparator;
    }
}

class TermExtractor {
public:
    TermExtractor(const Tree& tree, Wording wording) : tree_(tree), wording_(wording) {}

    Status visit(NodeId id) {
        const Node& node = tree_[id];
        SORTKEY_CHECK(check_operator(node));
        if (node.op == Op::And) {
            for (NodeId child = node.first_child; child != kNoNode; child = tree_[child].next)
                SORTKEY_CHECK(visit(child));
            return {};
        }
        return take_term(node);
    }

    KeyCondition condition;

private:
    Status check_operator(const Node& node) const {
        switch (node.op) {
            case Op::Or:
            case Op::Not:
            case Op::In:
            case Op::NotEqual:
            case Op::AttributeExists:
            case Op::AttributeNotExists:
            case Op::AttributeType:
            case Op::Contains:
                return bare_error("Invalid operator used in KeyConditionExpression: " + std::string(op_name(node.op)),
                                  node.span);
            case Op::Size:
                return bare_error("KeyConditionExpressions cannot contain nested operations", node.span);
            case Op::Between:
            case Op::BeginsWith:
                if (tree_[node.first_child].op == Op::Path) return {};
                return bare_error("Invalid condition in KeyConditionExpression: " + std::string(op_name(node.op)) +
                                      " operator must have the key attribute as its first operand",
                                  node.span);
            default:
                return {};
        }
    }

    Status take_term(const Node& node) {
        KeyTerm term;
        term.comparator = comparator_of(node.op);
        bool key_seen = false;
        bool key_first = false;
        for (NodeId id = node.first_child; id != kNoNode; id = tree_[id].next) {
            const Node& operand = tree_[id];
            if (operand.op == Op::Value) {
                (term.lower ? term.upper : term.lower) = operand.value;
                continue;
            }
            SORTKEY_CHECK(check_operator(operand));
            if (key_seen) {
                return bare_error(
                    "Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition",
                    operand.span);
            }
            const PathView path = tree_.path(operand);
            if (path.nested()) {
                return worded_error(wording_, "KeyConditionExpressions cannot have conditions on nested attributes",
                                    operand.span);
            }
            key_seen = true;
            key_first = id == node.first_child;
            term.attribute = path.head();
            term.span = operand.span;
        }
        if (!key_seen)
            return bare_error("Invalid condition in KeyConditionExpression: No key attribute specified", node.span);
        for (const KeyTerm& other : condition.terms) {
            if (other.attribute == term.attribute) {
                return worded_error(wording_, "KeyConditionExpressions must only contain one condition per key",
                                    term.span);
            }
        }
        if (!key_first) term.comparator = mirrored(term.comparator);
        condition.terms.push_back(term);
        return {};
    }

    const Tree& tree_;
    Wording wording_;
};

const KeyTerm* find_term(const KeyCondition& condition, std::string_view attribute) {
    for (const KeyTerm& term : condition.terms)
        if (term.attribute == attribute) return &term;
    return nullptr;
}

Error missing_error(std::string_view attribute) {
    return bare_error("Query condition missed key schema element: " + std::string(attribute), {});
}

Status check_value(const KeyTerm& term, const KeyAttribute& key, ValueView value) {
    if (value.type() != key.type) {
        Error error = Error::invalid_parameter("Condition parameter type does not match schema type");
        if (term.span.length > 0) error.position = {std::string(kParameter), term.span.offset, term.span.length};
        return error;
    }
    if (!value.scalar().empty()) return {};
    return bare_error(
        "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty " +
            std::string(key.type == Type::S ? "string" : "binary") + " value. Key: " + key.name,
        term.span);
}

Status check_values(const KeyTerm& term, const KeyAttribute& key) {
    if (!term.lower) return bare_error("Attempted conditional constraint is not an indexable operation", term.span);
    SORTKEY_CHECK(check_value(term, key, term.lower));
    return term.upper ? check_value(term, key, term.upper) : Status();
}

/// Attributes separated by ", ".
void append_name(std::string& names, std::string_view name) {
    if (!names.empty()) names += ", ";
    names += name;
}

/// Every HASH attribute with =, as a whole (several) or with the single key's own texts.
Status bind_hash(const KeyCondition& condition, const KeySchema& schema, KeyPlan& plan) {
    std::string unequal;
    for (const KeyAttribute& key : schema.hash) {
        const KeyTerm* term = find_term(condition, key.name);
        if (schema.hash.size() == 1) {
            if (term == nullptr) return missing_error(key.name);
            SORTKEY_CHECK(check_values(*term, key));
            if (term->comparator != KeyComparator::Equal)
                return bare_error("Query key condition not supported", term->span);
        } else if (term == nullptr || term->comparator != KeyComparator::Equal) {
            append_name(unequal, key.name);
            continue;
        } else {
            SORTKEY_CHECK(check_values(*term, key));
        }
        plan.hash.push_back(term->lower);
    }
    if (unequal.empty()) return {};
    return bare_error("HASH key attributes " + unequal + " must have equality conditions specified in the query", {});
}

Status bind_range(const KeyCondition& condition, const KeySchema& schema, KeyPlan& plan) {
    std::string unequal;  // RANGE attributes so far without =
    for (const KeyAttribute& key : schema.range) {
        const KeyTerm* term = find_term(condition, key.name);
        if (term == nullptr) {
            append_name(unequal, key.name);
            continue;
        }
        if (!unequal.empty()) {
            return bare_error("RANGE key attributes " + unequal +
                                  " must have equality conditions specified in the query because a condition is "
                                  "present on key attribute " +
                                  key.name,
                              term->span);
        }
        SORTKEY_CHECK(check_values(*term, key));
        if (term->comparator == KeyComparator::Equal) {
            plan.range.push_back(term->lower);
            continue;
        }
        plan.has_last = true;
        plan.last = term->comparator;
        plan.lower = term->lower;
        plan.upper = term->upper;
        append_name(unequal, key.name);
    }
    return {};
}

/// A term on something that is no key attribute leaves one of the key attributes without a term; that one is named.
Status check_attributes(const KeyCondition& condition, const KeySchema& schema) {
    bool foreign = false;
    for (const KeyTerm& term : condition.terms) foreign = foreign || schema.find(term.attribute) == nullptr;
    for (size_t i = 0; foreign && i < schema.size(); ++i)
        if (find_term(condition, schema.at(i).name) == nullptr) return missing_error(schema.at(i).name);
    return {};
}

}  // namespace

Result<KeyCondition> extract_key_condition(const Condition& condition, Wording wording) {
    TermExtractor extractor(condition.tree, wording);
    SORTKEY_CHECK(extractor.visit(condition.tree.root));
    return std::move(extractor.condition);
}

Result<KeyPlan> bind_key_condition(const KeyCondition& condition, const KeySchema& schema, Wording wording) {
    const size_t count = condition.terms.size();
    if (count > schema.size()) {
        if (wording == Wording::newer) {
            return bare_error("The number of query conditions (" + std::to_string(count) +
                                  ") exceeds the number of key attributes defined in the schema (" +
                                  std::to_string(schema.size()) + ")",
                              {});
        }
        if (count > 2) return bare_error("Conditions can be of length 1 or 2 only", {});
        return bare_error("Query key condition not supported", {});
    }
    KeyPlan plan;
    if (schema.hash.size() > 1) SORTKEY_CHECK(check_attributes(condition, schema));
    SORTKEY_CHECK(bind_hash(condition, schema, plan));
    SORTKEY_CHECK(check_attributes(condition, schema));
    SORTKEY_CHECK(bind_range(condition, schema, plan));
    return plan;
}

bool matches(KeyComparator comparator, ValueView value, ValueView lower, ValueView upper) {
    if (!value || value.type() != lower.type()) return false;
    const std::string_view scalar = value.scalar();
    const std::string_view bound = lower.scalar();
    switch (comparator) {
        case KeyComparator::Equal:
            return scalar == bound;
        case KeyComparator::Less:
            return scalar < bound;
        case KeyComparator::LessEqual:
            return scalar <= bound;
        case KeyComparator::Greater:
            return scalar > bound;
        case KeyComparator::GreaterEqual:
            return scalar >= bound;
        case KeyComparator::Between:
            return scalar >= bound && scalar <= upper.scalar();
        case KeyComparator::BeginsWith:
            return scalar.substr(0, bound.size()) == bound;
    }
    return false;
}

}  // namespace sortkey
