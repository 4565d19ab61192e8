// The parser behind compile(); used inside expression/partiql only.
//
// Parse functions return false or kNoNode after a syntax error; everybody then returns at once. What the service
// refuses only once the whole text has parsed (aliases, unknown functions, impossible values) is kept as `refusal` and
// parsing goes on: a syntax error further on wins.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "expression/partiql/lexer.h"
#include "expression/partiql/statement.h"

namespace sortkey::partiql {

class Parser {
public:
    Parser(std::string_view text, const std::vector<ValueView>& parameters) : text_(text), parameters_(parameters) {}

    Result<Statement> run();

private:
    /// What a piece of WHERE can be used as. A call is both until something stands behind it.
    enum class Role : uint8_t { Operand, Call, Boolean };

    // ---- tokens
    const Token& current() const { return tokens_[at_]; }
    const Token& ahead() const { return tokens_[at_ + 1 < tokens_.size() ? at_ + 1 : at_]; }
    std::string_view text_of(const Token& token) const { return text_.substr(token.span.offset, token.span.length); }
    void advance() { at_ += at_ + 1 < tokens_.size(); }
    bool at_symbol(char symbol) const { return current().kind == TokenKind::Symbol && current().symbol == symbol; }
    bool at_word(std::string_view upper) const;
    bool at_name() const;
    bool at_end() const { return current().kind == TokenKind::End || at_symbol(';'); }
    bool accept_symbol(char symbol);
    bool accept_word(std::string_view upper);
    bool expect_symbol(char symbol);
    bool expect_word(std::string_view upper);

    // ---- errors
    /// "Statement wasn't well formed, can't be processed: " + detail, at the current token.
    bool fail(std::string_view detail);
    bool fail_leftover() { return fail("Unexpected token after expression"); }
    /// At a place where an operand should begin; after an infix operator the end of the text is told apart.
    bool fail_term(bool after_infix);
    /// Keeps the first refusal.
    void refuse(std::string message, Span span);
    void refuse_at(const std::string& message, Span span);
    bool enter();
    void leave() { --depth_; }

    // ---- values
    bool at_literal() const;
    NodeId parse_value();
    bool parse_literal(std::string& out, const std::string& path, int level);
    bool parse_number(std::string& out, const std::string& path);
    bool parse_list(std::string& out, const std::string& path, int level);
    bool parse_map(std::string& out, const std::string& path, int level);
    bool parse_bag(std::string& out, const std::string& path, int level);
    bool parse_parameter(std::string& out);

    // ---- paths and calls
    NodeId parse_path();
    bool parse_name(std::string_view& name);
    /// Arguments of a call into `arguments`. REQUIRES: at the function's name, "(" behind it.
    template <class Argument>
    bool parse_arguments(std::vector<NodeId>& arguments, Argument argument);

    // ---- WHERE
    NodeId parse_or();
    NodeId parse_chain(Op op, bool after_infix);
    NodeId parse_not(bool after_infix);
    NodeId parse_predicate(bool after_infix);
    NodeId parse_operand(bool after_infix);
    NodeId parse_comparison(Op op, NodeId left, Span span);
    NodeId parse_between(NodeId left, Span span);
    NodeId parse_in(NodeId left, Span span);
    NodeId parse_is(NodeId left, Span span);
    NodeId parse_call();
    NodeId make(Op op, Span span, const NodeId* children, size_t count);
    NodeId negate(NodeId id, Span span) { return make(Op::Not, span, &id, 1); }

    // ---- statements
    bool parse_statement();
    bool parse_select();
    bool parse_columns();
    bool parse_column();
    bool parse_insert();
    bool parse_update(bool from_first);
    bool parse_delete();
    bool parse_exists();
    bool parse_table(std::string_view missing, bool may_have_alias);
    bool parse_where();
    bool parse_order();
    bool parse_limit();
    bool parse_returning();
    bool parse_changes();
    bool parse_set();
    NodeId parse_assigned();
    NodeId parse_assigned_operand(bool after_infix);
    bool parse_set_function(NodeId target, Section section);

    // ---- checks after parsing
    Status check();

    std::string_view text_;
    const std::vector<ValueView>& parameters_;
    std::vector<Token> tokens_;
    size_t at_ = 0;
    size_t parameters_used_ = 0;
    uint32_t depth_ = 0;
    Role role_ = Role::Operand;  // of the piece parsed last
    Tree* tree_ = nullptr;       // that paths and values go into
    Statement statement_;
    Error syntax_;
    std::optional<Error> refusal_;
};

template <class Argument>
bool Parser::parse_arguments(std::vector<NodeId>& arguments, Argument argument) {
    if (!enter()) return false;
    advance();
    advance();
    if (!accept_symbol(')')) {
        do {
            const NodeId id = argument();
            if (id == kNoNode) return false;
            arguments.push_back(id);
        } while (accept_symbol(','));
        if (!expect_symbol(')')) return false;
    }
    leave();
    return true;
}

/// Letters of ASCII in lower or upper case.
std::string in_case(std::string_view text, bool upper);

}  // namespace sortkey::partiql
