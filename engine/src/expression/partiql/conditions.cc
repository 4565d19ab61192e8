// WHERE: the grammar of conditions, straight into the tree that condition expressions evaluate.
#include "expression/partiql/parser.h"

#include "expression/lexer.h"

namespace sortkey::partiql {
namespace {

struct FunctionName {
    std::string_view upper;
    Op op;
};
constexpr FunctionName kFunctions[] = {
    {"ATTRIBUTE_EXISTS", Op::AttributeExists},
    {"ATTRIBUTE_NOT_EXISTS", Op::AttributeNotExists},
    {"ATTRIBUTE_TYPE", Op::AttributeType},
    {"BEGINS_WITH", Op::BeginsWith},
    {"CONTAINS", Op::Contains},
    {"SIZE", Op::Size},
};

// Names of types behind IS, with the types of attributes they stand for.
struct TypeName {
    std::string_view upper;
    std::string_view types;
};
constexpr TypeName kTypes[] = {
    {"BAG", "SS NS BS"}, {"BLOB", "B"},    {"BOOL", "BOOL"}, {"BOOLEAN", "BOOL"}, {"CHAR", "S"},    {"CHARACTER", "S"},
    {"CLOB", "S"},       {"DECIMAL", "N"}, {"DOUBLE", "N"},  {"FLOAT", "N"},      {"INT", "N"},     {"INT2", "N"},
    {"INT4", "N"},       {"INT8", "N"},    {"INTEGER", "N"}, {"LIST", "L"},       {"NUMERIC", "N"}, {"REAL", "N"},
    {"SMALLINT", "N"},   {"STRING", "S"},  {"STRUCT", "M"},  {"SYMBOL", "S"},     {"TUPLE", "M"},   {"VARCHAR", "S"},
};

}  // namespace

NodeId Parser::make(Op op, Span span, const NodeId* children, size_t count) {
    const NodeId id = tree_->add(op, children, count);
    tree_->nodes[id].span = span;
    role_ = Role::Boolean;
    return id;
}

NodeId Parser::parse_or() { return parse_chain(Op::Or, false); }

NodeId Parser::parse_chain(Op op, bool after_infix) {
    const std::string_view word = op == Op::Or ? "OR" : "AND";
    std::vector<NodeId> parts;
    const Span start = current().span;
    bool boolean = true;
    do {
        const bool infix = after_infix || !parts.empty();
        const NodeId part = op == Op::Or ? parse_chain(Op::And, infix) : parse_not(infix);
        if (part == kNoNode) return kNoNode;
        boolean = boolean && (role_ == Role::Boolean || role_ == Role::Call);
        parts.push_back(part);
    } while (accept_word(word));
    if (parts.size() == 1) return parts[0];
    if (!boolean) return fail("Unexpected term"), kNoNode;
    return make(op, start, parts.data(), parts.size());
}

NodeId Parser::parse_not(bool after_infix) {
    if (!at_word("NOT")) return parse_predicate(after_infix);
    const Span span = current().span;
    if (!enter()) return kNoNode;
    advance();
    const NodeId child = parse_not(false);
    if (child == kNoNode) return kNoNode;
    if (role_ == Role::Operand) return fail("Unexpected term"), kNoNode;
    leave();
    return negate(child, span);
}

NodeId Parser::parse_predicate(bool after_infix) {
    NodeId left = parse_operand(after_infix);
    // Booleans may be compared once more: contains(a, 'x') = true.
    while (left != kNoNode) {
        const Span span = current().span;
        static constexpr std::pair<char, Op> kComparators[] = {{'=', Op::Equal},   {kNotEqual, Op::NotEqual},
                                                               {'<', Op::Less},    {kLessEqual, Op::LessEqual},
                                                               {'>', Op::Greater}, {kGreaterEqual, Op::GreaterEqual}};
        Op comparator = Op::Path;
        for (const auto& [symbol, op] : kComparators)
            if (at_symbol(symbol)) comparator = op;
        const Token& behind = ahead();
        const bool negated =
            at_word("NOT") && behind.kind == TokenKind::Word &&
            (equals_ignoring_case(text_of(behind), "IN") || equals_ignoring_case(text_of(behind), "BETWEEN"));
        if (negated) advance();
        if (comparator != Op::Path) {
            advance();
            left = parse_comparison(comparator, left, span);
        } else if (at_word("BETWEEN") || at_word("IN") || at_word("IS")) {
            if (role_ == Role::Boolean) return fail("Unexpected operator"), kNoNode;
            const char second = static_cast<char>(text_of(current())[1] | 0x20);
            advance();
            left = second == 'e'   ? parse_between(left, span)
                   : second == 'n' ? parse_in(left, span)
                                   : parse_is(left, span);
        } else {
            break;
        }
        if (negated && left != kNoNode) left = negate(left, span);
    }
    return left;
}

NodeId Parser::parse_operand(bool after_infix) {
    if (at_symbol('(')) {
        if (!enter()) return kNoNode;
        advance();
        const NodeId inner = parse_or();
        if (inner == kNoNode || !expect_symbol(')')) return kNoNode;
        leave();
        return inner;
    }
    if (current().kind == TokenKind::Word && ahead().kind == TokenKind::Symbol && ahead().symbol == '(' &&
        (at_name() || at_word("EXISTS")))
        return parse_call();
    role_ = Role::Operand;
    if (at_literal()) {
        const NodeId value = parse_value();
        role_ = Role::Operand;
        return value;
    }
    if (at_name()) return parse_path();
    return fail_term(after_infix), kNoNode;
}

NodeId Parser::parse_comparison(Op op, NodeId left, Span span) {
    const Role left_role = role_;
    const bool size = tree_->nodes[left].op == Op::Size;
    const NodeId right = parse_operand(true);
    if (right == kNoNode) return kNoNode;
    if (left_role == Role::Operand || size) {
        if (role_ == Role::Boolean) return fail("Unexpected operator"), kNoNode;
        const NodeId children[] = {left, right};
        return make(op, span, children, 2);
    }
    const Node& wanted = (*tree_)[right];
    if (wanted.op != Op::Value || wanted.value.type() != Type::BOOL || (op != Op::Equal && op != Op::NotEqual)) {
        refuse("Incorrect operand type for operator or function; operator or function: " + std::string(op_name(op)) +
                   ", operand type: BOOL",
               span);
        return role_ = Role::Boolean, left;
    }
    if (wanted.value.boolean() == (op == Op::Equal)) return role_ = Role::Boolean, left;
    return negate(left, span);
}

NodeId Parser::parse_between(NodeId left, Span span) {
    NodeId children[] = {left, parse_operand(true), kNoNode};
    if (children[1] == kNoNode || !expect_word("AND")) return kNoNode;
    children[2] = parse_operand(true);
    return children[2] == kNoNode ? kNoNode : make(Op::Between, span, children, 3);
}

NodeId Parser::parse_in(NodeId left, Span span) {
    const char close = at_symbol('[') ? ']' : ')';
    if (!accept_symbol(close == ']' ? '[' : '(')) return fail_term(true), kNoNode;
    std::vector<NodeId> children{left};
    do {
        const NodeId candidate = parse_operand(false);
        if (candidate == kNoNode) return kNoNode;
        children.push_back(candidate);
    } while (accept_symbol(','));
    if (!expect_symbol(close)) return kNoNode;
    return make(Op::In, span, children.data(), children.size());
}

NodeId Parser::parse_is(NodeId left, Span span) {
    const bool negated = accept_word("NOT");
    const Node operand = (*tree_)[left];
    NodeId id = kNoNode;
    if (accept_word("MISSING")) {
        return make(negated ? Op::AttributeExists : Op::AttributeNotExists, span, &left, 1);
    }
    std::string_view types;
    if (at_word("NULL")) {
        types = "NULL";
    } else if (current().kind == TokenKind::Word) {
        for (const TypeName& known : kTypes)
            if (at_word(known.upper)) types = known.types;
    }
    if (types.empty()) return fail("Expected type name"), kNoNode;
    advance();
    if (!accept_word("PRECISION")) accept_word("VARYING");
    std::vector<NodeId> tests;
    while (!types.empty()) {
        const std::string_view type = types.substr(0, types.find(' '));
        types.remove_prefix(std::min(types.size(), type.size() + 1));
        // Every test needs an operand of its own.
        if (!tests.empty()) {
            tree_->nodes.push_back(operand);
            left = static_cast<NodeId>(tree_->nodes.size() - 1);
        }
        std::string encoded(1, static_cast<char>(Type::S));
        encoded.push_back(static_cast<char>(type.size()));
        encoded += type;
        const NodeId children[] = {left, tree_->add_value(std::move(encoded))};
        tests.push_back(make(Op::AttributeType, span, children, 2));
    }
    id = tests.size() == 1 ? tests[0] : make(Op::Or, span, tests.data(), tests.size());
    return negated ? negate(id, span) : id;
}

NodeId Parser::parse_call() {
    const Token name = current();
    Op op = Op::UnknownFunction;
    for (const FunctionName& known : kFunctions)
        if (equals_ignoring_case(text_of(name), known.upper)) op = known.op;
    if (op == Op::UnknownFunction) refuse_at("Unrecognized function: " + in_case(text_of(name), false), name.span);
    std::vector<NodeId> arguments;
    if (!parse_arguments(arguments, [this] { return parse_operand(false); })) return kNoNode;
    const NodeId id = make(op, name.span, arguments.data(), arguments.size());
    role_ = Role::Call;
    return id;
}

}  // namespace sortkey::partiql
