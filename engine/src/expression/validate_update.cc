// Checks of update and projection expressions.
#include "expression/validate.h"

namespace sortkey {
namespace {

/// How two paths relate: neither, one contains the other, or they part as name versus index.
enum class Relation : uint8_t { Apart, Overlap, Conflict };

Relation relate(PathView a, PathView b) {
    const uint32_t shared = a.count < b.count ? a.count : b.count;
    for (uint32_t i = 0; i < shared; ++i) {
        if (a.parts[i].is_index != b.parts[i].is_index) return Relation::Conflict;
        if (!(a.parts[i] == b.parts[i])) return Relation::Apart;
    }
    return Relation::Overlap;
}

Error paths_error(Kind kind, std::string_view verb, const Tree& tree, NodeId one, NodeId two) {
    std::string detail = "Two document paths ";
    detail += verb;
    detail += " with each other; must remove or rewrite one of these paths; path one: ";
    detail += path_text(tree.path(one));
    detail += ", path two: ";
    detail += path_text(tree.path(two));
    return expression_error(kind, std::move(detail), tree[two].span);
}

/// The names types have in errors about ADD and DELETE; sets are always right.
std::string_view long_type_name(Type type) {
    static constexpr std::string_view kNames[] = {"STRING", "NUMBER", "BINARY", "BOOLEAN", "NULL", "LIST", "MAP"};
    return kNames[static_cast<size_t>(type)];
}

Status check_constants(const Tree& tree, const Node& node, Type wanted) {
    for (NodeId id = node.first_child; id != kNoNode; id = tree[id].next) {
        Type type;
        if (known_type(tree, id, type) && type != wanted)
            return operand_type_error(Kind::Update, op_name(node.op), type_name(type), tree[id].span);
    }
    return {};
}

}  // namespace

Status check_sections(const Parsed& parsed, std::string_view text) {
    if (parsed.repeated_section.length == 0) return {};
    std::string name(text.substr(parsed.repeated_section.offset, parsed.repeated_section.length));
    for (char& c : name) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    return expression_error(Kind::Update, "The \"" + name + "\" section can only be used once in an update expression;",
                            parsed.repeated_section);
}

Status check_paths(Kind kind, const Tree& tree, const NodeId* paths, size_t count) {
    NodeId conflict_one = kNoNode;
    NodeId conflict_two = kNoNode;
    for (size_t two = 1; two < count; ++two) {
        for (size_t one = 0; one < two; ++one) {
            const Relation relation = relate(tree.path(paths[one]), tree.path(paths[two]));
            if (relation == Relation::Overlap) return paths_error(kind, "overlap", tree, paths[one], paths[two]);
            if (relation == Relation::Conflict && conflict_one == kNoNode) {
                conflict_one = paths[one];
                conflict_two = paths[two];
            }
        }
    }
    if (conflict_one != kNoNode) return paths_error(kind, "conflict", tree, conflict_one, conflict_two);
    return {};
}

Status check_add_and_delete(const Parsed& parsed) {
    for (const UpdateAction& action : parsed.actions) {
        if (action.section != Section::Add && action.section != Section::Delete) continue;
        const Node& operand = parsed.tree[action.operand];
        const Type type = operand.value.type();
        const bool add = action.section == Section::Add;
        if (is_set(type) || (add && type == Type::N)) continue;
        std::string detail = "Incorrect operand type for operator or function; operator: ";
        detail += add ? "ADD" : "DELETE";
        detail += ", operand type: ";
        detail += long_type_name(type);
        return expression_error(Kind::Update, std::move(detail), operand.span);
    }
    return {};
}

Status check_update_functions(const Tree& tree) {
    for (const Node& node : tree.nodes) {
        const bool function = node.op == Op::IfNotExists || node.op == Op::ListAppend;
        if (function) {
            if (const uint32_t count = count_children(tree, node); count != 2)
                return operand_count_error(Kind::Update, node, count);
            // list_append takes if_not_exists as an operand, and nothing takes list_append.
            for (NodeId id = node.first_child; id != kNoNode; id = tree[id].next)
                if (tree[id].op == Op::ListAppend) return misused_function_error(Kind::Update, tree[id]);
        }
        if (node.op == Op::IfNotExists && tree[node.first_child].op != Op::Path)
            return path_required_error(Kind::Update, node, tree[node.first_child].span);
        if (node.op == Op::ListAppend) SORTKEY_CHECK(check_constants(tree, node, Type::L));
        if (node.op == Op::Plus || node.op == Op::Minus) SORTKEY_CHECK(check_constants(tree, node, Type::N));
    }
    return {};
}

}  // namespace sortkey
