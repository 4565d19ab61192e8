// What the grammars share: tokens, paths, function calls, parentheses, the syntax error. Used inside parse*.cc only.
//
// A parse function returns kNoNode after a syntax error; everybody then returns at once.
#pragma once

#include "expression/lexer.h"
#include "expression/parser.h"

namespace sortkey {

class ParserBase {
public:
    ParserBase(Kind kind, std::string_view text, Keywords keywords);

    Parsed parsed;
    Error error;

protected:
    /// A pair of parentheses, by the ordinals of its tokens.
    struct Group {
        uint32_t open = 0;
        uint32_t close = 0;
    };

    bool at(TokenKind kind) const { return current_.kind == kind; }
    void advance();
    bool accept(TokenKind kind);
    /// Consumes the token or fails with a syntax error.
    bool expect(TokenKind kind);
    /// Fails at the current token.
    NodeId fail();

    /// name ('.' name | '[' digits ']')*
    NodeId parse_path();
    /// Continues a path behind its first part, or behind a closed parenthesis.
    bool parse_path_tail(NodeId path);
    NodeId parse_value();
    /// REQUIRES: at a function's name, "(" behind it. `operand` parses one argument.
    template <class Operand>
    NodeId parse_call(Operand operand);
    bool at_call();

    NodeId make(Op op, Span span, NodeId first_child);
    void link(NodeId previous, NodeId next) { parsed.tree.nodes[previous].next = next; }
    Node& node(NodeId id) { return parsed.tree.nodes[id]; }

    /// Opens a group at "(" and closes it at ")"; notes a pair that directly surrounds another pair.
    bool open_group(Group& group);
    bool close_group(Group group);
    bool enter();
    void leave() { --depth_; }

    Token current_;
    Lexer lexer_;

private:
    bool add_part();
    Op function_op(std::string_view name) const;

    Kind kind_;
    Token previous_;
    uint32_t ordinal_ = 0;  // of current_
    Group last_group_;
    uint32_t depth_ = 0;
};

template <class Operand>
NodeId ParserBase::parse_call(Operand operand) {
    const Span name = current_.span;
    if (!enter()) return kNoNode;
    advance();
    advance();
    NodeId first = kNoNode;
    NodeId last = kNoNode;
    do {
        const NodeId argument = operand();
        if (argument == kNoNode) return kNoNode;
        if (first == kNoNode) {
            first = argument;
        } else {
            link(last, argument);
        }
        last = argument;
    } while (accept(TokenKind::Comma));
    if (!expect(TokenKind::CloseParen)) return kNoNode;
    leave();
    return make(function_op(lexer_.text(name)), name, first);
}

}  // namespace sortkey
