// Statements: what stands around WHERE, and the checks after parsing.
#include "expression/lexer.h"
#include "expression/partiql/parser.h"
#include "expression/path_order.h"
#include "expression/validate.h"

namespace sortkey::partiql {
namespace {

constexpr uint32_t kPathDepthMax = 32;

bool same_path(PathView a, PathView b) {
    if (a.count != b.count) return false;
    for (uint32_t i = 0; i < a.count; ++i)
        if (!(a.parts[i] == b.parts[i])) return false;
    return true;
}

/// The name a column has in the answer: its path from the last name on, "b[0]" for a.b[0].
std::string label_of(PathView path) {
    uint32_t first = path.count - 1;
    while (path.parts[first].is_index) --first;
    std::string label(path.parts[first].name);
    for (uint32_t i = first + 1; i < path.count; ++i) label += "[" + std::to_string(path.parts[i].index) + "]";
    return label;
}

/// The checks are those of expressions, whose texts begin with the expression's name; PartiQL's do not.
Status without_prefix(Status status) {
    if (status) return status;
    Error& error = status.error();
    if (error.message.starts_with("Invalid ")) error.message.erase(0, error.message.find(": ") + 2);
    error.position.parameter = "Statement";
    return status;
}

Status check_depth(const Tree& tree) {
    Status status;
    for_each_path(tree, [&](PathView path, const Node& node) {
        if (!status || path.count <= kPathDepthMax) return;
        Error error = Error::validation("The document path has too many nesting levels; nesting levels: " +
                                        std::to_string(path.count));
        error.position = {"Statement", node.span.offset, node.span.length};
        status = std::move(error);
    });
    return status;
}

}  // namespace

Result<Statement> compile(std::string_view text, const std::vector<ValueView>& parameters) {
    return Parser(text, parameters).run();
}

Result<Statement> Parser::run() {
    tokens_ = tokenize(text_);
    if (tokens_.back().kind == TokenKind::Bad) {
        at_ = tokens_.size() - 1;
        fail("");
        return std::move(syntax_);
    }
    tree_ = &statement_.where.tree;
    bool parsed = parse_statement();
    if (parsed) {
        accept_symbol(';');
        parsed = current().kind == TokenKind::End || fail_leftover();
    }
    if (!parsed) return std::move(syntax_);
    if (refusal_) return std::move(*refusal_);
    if (parameters_used_ != parameters_.size())
        return Error::validation("Number of parameters in request and statement don't match.");
    SORTKEY_CHECK(check());
    return std::move(statement_);
}

Status Parser::check() {
    SORTKEY_CHECK(check_depth(statement_.where.tree));
    SORTKEY_CHECK(check_depth(statement_.columns.tree));
    const Tree& where = statement_.where.tree;
    if (where.root != kNoNode) {
        SORTKEY_CHECK(without_prefix(check_function_use(Kind::Filter, where)));
        SORTKEY_CHECK(without_prefix(check_condition(Kind::Filter, where, 0, static_cast<NodeId>(where.nodes.size()))));
    }
    if (!statement_.update) return {};
    Update& update = *statement_.update;
    SORTKEY_CHECK(check_depth(update.tree));
    std::vector<NodeId> targets;
    for (const UpdateAction& action : update.actions) targets.push_back(action.path);
    SORTKEY_CHECK(without_prefix(check_paths(Kind::Update, update.tree, targets.data(), targets.size())));
    SORTKEY_CHECK(without_prefix(check_update_functions(update.tree)));
    prepare_update(update);
    return {};
}

bool Parser::parse_statement() {
    if (accept_word("SELECT")) return parse_select();
    if (accept_word("INSERT")) return parse_insert();
    if (accept_word("UPDATE")) return parse_update(false);
    if (accept_word("FROM")) return parse_update(true);
    if (accept_word("DELETE")) return parse_delete();
    if (at_word("EXISTS") && ahead().symbol == '(') return parse_exists();
    if (at_end()) return fail("Unexpected term");
    advance();
    return fail_leftover();
}

// ---- reading

bool Parser::parse_select() {
    statement_.verb = Verb::Select;
    if (!parse_columns()) return false;
    if (!expect_word("FROM") || !parse_table("Unexpected term", true)) return false;
    if (at_symbol(',')) {
        refuse("Only select from a single table or index is supported.", current().span);
        while (accept_symbol(','))
            if (!parse_table("Unexpected term", true)) return false;
    }
    return parse_where() && parse_order() && parse_limit();
}

bool Parser::parse_columns() {
    Projection& columns = statement_.columns;
    tree_ = &columns.tree;
    do {
        if (at_symbol('*')) {
            statement_.whole_items = true;
            advance();
        } else if (!parse_column()) {
            return false;
        }
        if (statement_.whole_items && !columns.paths.empty())
            refuse("Other attributes should not be present in the projection when '*' is used.", current().span);
    } while (accept_symbol(','));
    tree_ = &statement_.where.tree;

    std::vector<std::string> labels;
    for (const NodeId id : columns.paths) labels.push_back(label_of(columns.tree.path(id)));
    columns.sorted.resize(columns.paths.size());
    for (uint32_t i = 0; i < columns.sorted.size(); ++i) columns.sorted[i] = i;
    sort_ids(
        columns.sorted.data(), columns.sorted.size(),
        [](const void* context, uint32_t a, uint32_t b) {
            const auto& names = *static_cast<const std::vector<std::string>*>(context);
            return names[a] != names[b] ? names[a] < names[b] : a < b;
        },
        &labels);
    for (size_t i = 0; i < columns.sorted.size(); ++i) {
        const uint32_t column = columns.sorted[i];
        // Of columns with one name the first is shown.
        if (!columns.labels.empty() && columns.labels.back() == labels[column]) continue;
        columns.sorted[columns.labels.size()] = columns.paths[column];
        columns.labels.push_back(labels[column]);
    }
    columns.sorted.resize(columns.labels.size());
    return true;
}

bool Parser::parse_column() {
    const Span start = current().span;
    if (at_name() && !(ahead().kind == TokenKind::Symbol && ahead().symbol == '(')) {
        const NodeId id = parse_path();
        if (id == kNoNode) return false;
        statement_.columns.paths.push_back(id);
    } else if (at_literal() || at_name()) {
        refuse_at("Unexpected path component", start);
        std::vector<NodeId> arguments;
        if (at_literal() ? parse_value() == kNoNode : !parse_arguments(arguments, [this] {
                return accept_symbol('*') ? tree_->add_value(ValueView()) : parse_operand(false);
            }))
            return false;
    } else {
        return fail_term(false);
    }
    if (!accept_word("AS") && !at_name()) return true;
    refuse("Aliasing is not supported", current().span);
    return at_name() ? advance(), true : fail("Expected identifier for alias");
}

bool Parser::parse_table(std::string_view missing, bool may_have_alias) {
    if (!at_name()) return fail(missing);
    std::vector<std::string> components;
    const Span start = current().span;
    do {
        if (!at_name()) return fail("Invalid path dot component");
        const std::string_view token = text_of(current());
        components.push_back(current().kind == TokenKind::Word ? std::string(token) : unquote(token));
        advance();
    } while (accept_symbol('.'));
    for (const std::string& component : components)
        if (component.empty()) refuse("Path component cannot be an empty string", start);
    if (components.size() > 2) refuse("A path may contain at most 2 components in the FROM clause", start);
    statement_.table = std::move(components[0]);
    if (components.size() > 1) statement_.index = std::move(components[1]);
    if (!may_have_alias || (!at_word("AS") && !at_name())) return true;
    refuse("Aliasing is not supported", current().span);
    accept_word("AS");
    return at_name() ? advance(), true : fail("Expected identifier for alias");
}

bool Parser::parse_where() {
    if (!accept_word("WHERE")) return true;
    const NodeId root = parse_or();
    if (root == kNoNode) return false;
    if (role_ == Role::Operand) return fail("Unexpected term");
    statement_.where.tree.root = root;
    return true;
}

bool Parser::parse_order() {
    if (!accept_word("ORDER")) return true;
    if (!expect_word("BY")) return false;
    Tree unused;
    tree_ = &unused;
    do {
        if (!at_name()) return fail_term(false);
        const NodeId id = parse_path();
        if (id == kNoNode) return false;
        OrderTerm& term = statement_.order.emplace_back();
        const PathView path = unused.path(id);
        term.name = path.nested() ? label_of(path) : std::string(path.head());
        term.descending = accept_word("DESC");
        if (!term.descending) accept_word("ASC");
    } while (accept_symbol(','));
    tree_ = &statement_.where.tree;
    if (!statement_.has_where())
        refuse("Must have WHERE clause in the statement when using ORDER BY clause.", current().span);
    return true;
}

bool Parser::parse_limit() {
    for (const std::string_view clause : {"LIMIT", "OFFSET"}) {
        if (!accept_word(clause)) continue;
        const Span span = current().span;
        if (parse_operand(false) == kNoNode) return false;
        refuse_at("Unsupported clause: " + std::string(clause), span);
    }
    return true;
}

bool Parser::parse_exists() {
    advance();
    advance();
    if (!expect_word("SELECT") || !parse_select()) return false;
    statement_.verb = Verb::Exists;
    return expect_symbol(')');
}

// ---- writing

bool Parser::parse_insert() {
    statement_.verb = Verb::Insert;
    if (!expect_word("INTO") || !parse_table("Expected identifier for simple path", false)) return false;
    if (!expect_word("VALUE")) return false;
    const Span span = current().span;
    if (!at_literal()) return fail_term(false);
    std::string item;
    if (!parse_literal(item, "root", 0)) return false;
    if (ValueView(item).type() == Type::M) {
        statement_.item = item.substr(5);  // the payload behind type and length
    } else if (parameters_used_ <= parameters_.size()) {
        refuse(
            "Unsupported format in item expression. Please use struct format {...} to express item values for insert "
            "statement.",
            span);
    }
    return true;
}

bool Parser::parse_update(bool from_first) {
    statement_.verb = Verb::Update;
    if (!parse_table(from_first ? "Unexpected term" : "Expected identifier for simple path", true)) return false;
    if (from_first && !parse_where()) return false;
    if (!parse_changes()) return false;
    if (!from_first && !parse_where()) return false;
    return parse_returning();
}

bool Parser::parse_delete() {
    statement_.verb = Verb::Delete;
    if (!expect_word("FROM") || !parse_table("Expected identifier for simple path", true)) return false;
    if (!parse_where()) return false;
    const Span span = current().span;
    if (!parse_returning()) return false;
    static constexpr std::string_view kForms[] = {"", "", "ALL NEW", "MODIFIED OLD", "MODIFIED NEW"};
    const std::string_view form = kForms[static_cast<size_t>(statement_.returning)];
    if (!form.empty())
        refuse("Invalid returning clause: RETURNING " + std::string(form) +
                   " *. Only RETURNING ALL OLD * is allowed in DELETE statements.",
               span);
    return true;
}

bool Parser::parse_returning() {
    if (!accept_word("RETURNING")) return true;
    const bool modified = accept_word("MODIFIED");
    if (!modified && !expect_word("ALL")) return false;
    const bool old = accept_word("OLD");
    if (!old && !expect_word("NEW")) return false;
    if (!expect_symbol('*')) return false;
    statement_.returning = modified ? (old ? Returning::ModifiedOld : Returning::ModifiedNew)
                                    : (old ? Returning::AllOld : Returning::AllNew);
    return true;
}

bool Parser::parse_changes() {
    tree_ = &statement_.update.emplace().tree;
    for (;;) {
        if (accept_word("SET")) {
            do {
                if (!parse_set()) return false;
            } while (accept_symbol(','));
        } else if (accept_word("REMOVE")) {
            if (!at_name()) return fail("Expected identifier for simple path");
            const NodeId path = parse_path();
            if (path == kNoNode) return false;
            statement_.update->actions.push_back({Section::Remove, path, kNoNode});
        } else {
            break;
        }
    }
    tree_ = &statement_.where.tree;
    return !statement_.update->actions.empty() || fail("Expected data manipulation");
}

bool Parser::parse_set() {
    if (!at_name()) return fail("Expected identifier for simple path");
    const NodeId target = parse_path();
    if (target == kNoNode || !expect_symbol('=')) return false;
    if (ahead().kind == TokenKind::Symbol && ahead().symbol == '(') {
        if (at_word("SET_ADD")) return parse_set_function(target, Section::Add);
        if (at_word("SET_DELETE")) return parse_set_function(target, Section::Delete);
    }
    const NodeId operand = parse_assigned();
    if (operand == kNoNode) return false;
    statement_.update->actions.push_back({Section::Set, target, operand});
    return true;
}

NodeId Parser::parse_assigned() {
    const NodeId first = parse_assigned_operand(false);
    if (first == kNoNode || (!at_symbol('+') && !at_symbol('-'))) return first;
    const Op op = at_symbol('+') ? Op::Plus : Op::Minus;
    const Span span = current().span;
    advance();
    const NodeId children[] = {first, parse_assigned_operand(true)};
    return children[1] == kNoNode ? kNoNode : make(op, span, children, 2);
}

NodeId Parser::parse_assigned_operand(bool after_infix) {
    if (at_literal()) return parse_value();
    if (!at_name()) return fail_term(after_infix), kNoNode;
    if (ahead().kind != TokenKind::Symbol || ahead().symbol != '(') return parse_path();
    const Token name = current();
    const bool known = at_word("LIST_APPEND");
    if (!known) refuse_at("Unrecognized function: " + in_case(text_of(name), false), name.span);
    std::vector<NodeId> arguments;
    if (!enter() || !parse_arguments(arguments, [this] { return parse_assigned_operand(false); })) return kNoNode;
    leave();
    return make(known ? Op::ListAppend : Op::UnknownFunction, name.span, arguments.data(), arguments.size());
}

// path = set_add(path, <<…>>) is ADD, set_delete is DELETE.
bool Parser::parse_set_function(NodeId target, Section section) {
    const Token name = current();
    const std::string upper = in_case(text_of(name), true);
    std::vector<NodeId> arguments;
    if (!parse_arguments(arguments, [this] { return parse_assigned_operand(false); })) return false;
    statement_.update->actions.push_back({section, target, arguments.empty() ? kNoNode : arguments.back()});
    if (arguments.size() != 2) return refuse_at(upper + " must have exactly two arguments", name.span), true;
    const Node& first = (*tree_)[arguments[0]];
    const Node& second = (*tree_)[arguments[1]];
    if (first.op != Op::Path || !same_path(tree_->path(first), tree_->path(target)))
        refuse_at("The first argument to " + upper + " must equal the assignment value", name.span);
    if (second.op != Op::Value || !is_set(second.value.type()))
        refuse_at("The second argument to " + upper + " must be a value with type SET", first.span);
    return true;
}

}  // namespace sortkey::partiql
