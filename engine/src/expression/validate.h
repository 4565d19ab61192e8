// What the service refuses before it looks at a table: one function per family of errors, called in the order in which
// they win over each other (compile.cc). All errors are Validation, with kind prefix and position.
#pragma once

#include "expression/expression.h"
#include "expression/parser.h"

namespace sortkey {

/// Empty or longer than 4,096 bytes; before anything is parsed.
Status check_length(Kind kind, std::string_view text);

/// Redundant parentheses, list positions, path depth, number of operators.
Status check_limits(Kind kind, const Parsed& parsed, std::string_view text);

/// "Invalid function name", or "The function is not allowed in an update expression" for one of another kind.
Status check_function_names(Kind kind, const Tree& tree);

/// A bare name part that is a reserved word. REQUIRES: names are not bound yet.
Status check_reserved_words(Kind kind, const Tree& tree);

// ---- conditions

/// A function where its result cannot be used: size(a) alone, contains(a, b) as an operand.
Status check_function_use(Kind kind, const Tree& tree);

/// Operand counts, then equal operands, then operand types, of the nodes [first, last). REQUIRES: they are bound.
Status check_condition(Kind kind, const Tree& tree, NodeId first, NodeId last);

// ---- updates and projections

/// A section keyword that appears twice.
Status check_sections(const Parsed& parsed, std::string_view text);

/// Paths that contain each other ("overlap"), then paths that use one value as map and list ("conflict").
Status check_paths(Kind kind, const Tree& tree, const NodeId* paths, size_t count);

/// The constants of ADD and DELETE.
Status check_add_and_delete(const Parsed& parsed);

/// Functions and arithmetic of SET: operand counts, paths, types, nesting.
Status check_update_functions(const Tree& tree);

// ---- shared

/// Type an operand has whatever the item holds; false when only the item can tell.
bool known_type(const Tree& tree, NodeId operand, Type& out);

/// "Incorrect operand type for operator or function; operator or function: size, operand type: N"
Error operand_type_error(Kind kind, std::string_view op, std::string_view type, Span span);
/// "Incorrect number of operands for operator or function; …"
Error operand_count_error(Kind kind, const Node& function, uint32_t count);
/// "The function is not allowed to be used this way in an expression; function: size"
Error misused_function_error(Kind kind, const Node& function);
/// "Operator or function requires a document path; operator or function: attribute_exists"
Error path_required_error(Kind kind, const Node& function, Span operand);

uint32_t count_children(const Tree& tree, const Node& node);

}  // namespace sortkey
