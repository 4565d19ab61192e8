#include "operations/key_paths.h"

#include <string>

namespace sortkey {
namespace {

bool reaches_into(const Tree& tree, std::string_view attribute) {
    bool found = false;
    for_each_path(tree,
                  [&](PathView path, const Node&) { found = found || (path.nested() && path.head() == attribute); });
    return found;
}

Status check_schema(const KeySchema& keys, const Tree& tree, std::string_view label) {
    for (size_t i = 0; i < keys.size(); ++i)
        if (reaches_into(tree, keys.at(i).name))
            return Error::validation(
                "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: " +
                std::string(label) + keys.at(i).name);
    return {};
}

}  // namespace

Status check_key_paths(const Table& table, const Tree& tree) {
    SORTKEY_CHECK(check_schema(table.keys, tree, "Key: "));
    for (const Index& index : table.indexes) SORTKEY_CHECK(check_schema(index.keys, tree, "IndexKey: "));
    return {};
}

}  // namespace sortkey
