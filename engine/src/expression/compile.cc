// From text to a checked tree: the passes in the order in which the service's errors win over each other.
#include "expression/bind.h"
#include "expression/expression.h"
#include "expression/parser.h"
#include "expression/path_order.h"
#include "expression/validate.h"

namespace sortkey {
namespace {

/// Binds and checks one comparison or function call after the other: within one, undefined placeholders win over
/// operand counts, those over equal operands, those over types. `done` is the first node not yet looked at.
Status check_terms(Kind kind, Tree& tree, NodeId id, NodeId& done, Placeholders& placeholders) {
    const Node node = tree[id];
    if (node.op == Op::And || node.op == Op::Or || node.op == Op::Not) {
        for (NodeId child = node.first_child; child != kNoNode; child = tree[child].next)
            SORTKEY_CHECK(check_terms(kind, tree, child, done, placeholders));
        return {};
    }
    const NodeId first = done;
    done = id + 1;
    SORTKEY_CHECK(bind(kind, tree, first, done, placeholders));
    return check_condition(kind, tree, first, done);
}

void sort_paths(Projection& projection) {
    projection.sorted = projection.paths;
    sort_ids(
        projection.sorted.data(), projection.sorted.size(),
        [](const void* tree, uint32_t a, uint32_t b) { return path_before(*static_cast<const Tree*>(tree), a, b); },
        &projection.tree);
}

}  // namespace

std::string_view parameter_name(Kind kind) {
    static constexpr std::string_view kNames[] = {"ConditionExpression", "FilterExpression", "KeyConditionExpression",
                                                  "ProjectionExpression", "UpdateExpression"};
    return kNames[static_cast<size_t>(kind)];
}

Result<Condition> compile_condition(Kind kind, std::string_view text, Placeholders& placeholders) {
    SORTKEY_CHECK(check_length(kind, text));
    SORTKEY_TRY(parsed, parse(kind, text));
    Tree& tree = parsed.tree;
    SORTKEY_CHECK(check_limits(kind, parsed, text));
    SORTKEY_CHECK(check_function_names(kind, tree));
    SORTKEY_CHECK(check_function_use(kind, tree));
    SORTKEY_CHECK(check_reserved_words(kind, tree));
    NodeId done = 0;
    SORTKEY_CHECK(check_terms(kind, tree, tree.root, done, placeholders));
    return Condition{std::move(tree)};
}

Result<Projection> compile_projection(std::string_view text, Placeholders& placeholders) {
    constexpr Kind kind = Kind::Projection;
    SORTKEY_CHECK(check_length(kind, text));
    SORTKEY_TRY(parsed, parse(kind, text));
    SORTKEY_CHECK(check_limits(kind, parsed, text));
    Projection projection{std::move(parsed.tree), {}, {}};
    Tree& tree = projection.tree;
    const auto count = static_cast<NodeId>(tree.nodes.size());
    SORTKEY_CHECK(check_reserved_words(kind, tree));
    SORTKEY_CHECK(bind_names(kind, tree, 0, count, placeholders));
    for (NodeId id = 0; id < count; ++id) projection.paths.push_back(id);
    SORTKEY_CHECK(check_paths(kind, tree, projection.paths.data(), count));
    sort_paths(projection);
    return projection;
}

Result<Projection> projection_of_names(std::span<const std::string_view> names) {
    Projection projection;
    for (const std::string_view name : names)
        projection.paths.push_back(projection.tree.add_path({PathPart::of_name(name)}));
    sort_paths(projection);
    // The first name in request order that was there before; sorting only finds whether there is one.
    const auto same = [&](NodeId a, NodeId b) {
        return projection.tree.path(a).head() == projection.tree.path(b).head();
    };
    bool repeated = false;
    for (size_t i = 1; i < names.size() && !repeated; ++i)
        repeated = same(projection.sorted[i - 1], projection.sorted[i]);
    for (size_t i = 1; repeated && i < names.size(); ++i)
        for (size_t j = 0; j < i; ++j)
            if (names[i] == names[j])
                return Error::invalid_parameter("Duplicate value in attribute name: " + std::string(names[i]));
    return projection;
}

Result<Update> compile_update(std::string_view text, Placeholders& placeholders) {
    constexpr Kind kind = Kind::Update;
    SORTKEY_CHECK(check_length(kind, text));
    SORTKEY_TRY(parsed, parse(kind, text));
    Tree& tree = parsed.tree;
    const auto count = static_cast<NodeId>(tree.nodes.size());
    SORTKEY_CHECK(check_limits(kind, parsed, text));
    SORTKEY_CHECK(check_reserved_words(kind, tree));
    SORTKEY_CHECK(check_function_names(kind, tree));
    SORTKEY_CHECK(check_sections(parsed, text));
    SORTKEY_CHECK(bind_names(kind, tree, 0, count, placeholders));
    SORTKEY_CHECK(bind_values(kind, tree, 0, count, placeholders));
    std::vector<NodeId> targets;
    targets.reserve(parsed.actions.size());
    for (const UpdateAction& action : parsed.actions) targets.push_back(action.path);
    SORTKEY_CHECK(check_paths(kind, tree, targets.data(), targets.size()));
    SORTKEY_CHECK(check_add_and_delete(parsed));
    SORTKEY_CHECK(check_update_functions(tree));
    Update update{std::move(tree), std::move(parsed.actions), {}, false};
    prepare_update(update);
    return update;
}

void prepare_update(Update& update) {
    update.sorted.resize(update.actions.size());
    for (uint32_t i = 0; i < update.sorted.size(); ++i) update.sorted[i] = i;
    sort_ids(
        update.sorted.data(), update.sorted.size(),
        [](const void* context, uint32_t a, uint32_t b) {
            const Update& sorting = *static_cast<const Update*>(context);
            return path_before(sorting.tree, sorting.actions[a].path, sorting.actions[b].path);
        },
        &update);
}

bool creates_item(const Update& update) {
    for (const UpdateAction& action : update.actions)
        if (action.section == Section::Set || action.section == Section::Add) return true;
    return update.actions.empty();
}

bool static_type(const Update& update, const UpdateAction& action, Type& out) {
    if (action.operand == kNoNode) return false;
    NodeId operand = action.operand;
    // if_not_exists writes its second operand or keeps what is there, which an index has checked already.
    while (update.tree[operand].op == Op::IfNotExists) operand = update.tree[update.tree[operand].first_child].next;
    return known_type(update.tree, operand, out);
}

}  // namespace sortkey
