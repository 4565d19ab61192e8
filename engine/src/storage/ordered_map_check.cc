// What must be true of every tree, checked for tests. Nothing here runs in an engine at work.
#include "storage/btree_node.h"
#include "storage/ordered_map.h"

namespace sortkey {
namespace {

using btree::Node;

class Checker {
public:
    std::string check(const Node* root, const RangeStats& total) {
        if (root == nullptr) return total == RangeStats{} ? "" : "an empty map has a size";
        if (root->count < (root->leaf() ? 1U : 2U)) return "the root should have been collapsed";
        RangeStats found;
        visit(root, true, {}, nullptr, found);
        if (problem_.empty() && !(found == total)) fail(root, "the map's size is not that of its records");
        return problem_;
    }

private:
    void fail(const Node* node, const char* what) {
        if (problem_.empty()) problem_ = "level " + std::to_string(node->level) + ": " + what;
    }

    // All keys must be in [low, *high); no upper limit if high is null.
    void visit(const Node* node, bool is_root, std::string_view low, const std::string_view* high, RangeStats& sum) {
        if (node->references == 0) return fail(node, "freed node in use");
        if (node->count > node->capacity || node->capacity > node->max()) return fail(node, "more entries than fit");
        if (!is_root && node->count < node->min()) return fail(node, "less than a quarter full");
        for (std::uint32_t i = 0; i < node->count; ++i) {
            const std::string_view key = node->keys()[i]->key();
            if (node->prefixes()[i] != btree::prefix_of(key)) return fail(node, "prefix does not match key");
            if (i > 0 && key <= node->keys()[i - 1]->key()) return fail(node, "keys do not ascend");
            if (key < low || (high != nullptr && key >= *high)) return fail(node, "key outside its parent's bounds");
            if (node->leaf()) sum += {1, node->keys()[i]->weight()};
        }
        if (!node->leaf()) visit_children(node, low, high, sum);
    }

    void visit_children(const Node* node, std::string_view low, const std::string_view* high, RangeStats& sum) {
        if (node->keys()[0]->key() != low) return fail(node, "first key is not the node's lower bound");
        for (std::uint32_t i = 0; i < node->count; ++i) {
            const Node* child = node->children()[i];
            if (child->level + 1 != node->level) return fail(node, "leaves at different depths");
            if (node->keys()[i]->size() != node->keys()[i]->key().size()) return fail(node, "separator has a value");
            RangeStats below;
            const bool is_last = i + 1 == node->count;
            const std::string_view next = is_last ? std::string_view() : node->keys()[i + 1]->key();
            visit(child, false, node->keys()[i]->key(), is_last ? high : &next, below);
            if (!(below == node->sums()[i])) return fail(node, "sums are not those of the child");
            sum += below;
        }
    }

    std::string problem_;
};

std::size_t memory_below(const Node* node) {
    std::size_t bytes = btree::memory_of(node->level, node->capacity);
    if (node->leaf()) return bytes;
    for (std::uint32_t i = 0; i < node->count; ++i) {
        bytes += sizeof(Record) + node->keys()[i]->size() + memory_below(node->children()[i]);
    }
    return bytes;
}

}  // namespace

std::string OrderedMap::check_invariants() const { return Checker().check(root_, total_); }

std::size_t OrderedMap::node_memory() const { return root_ == nullptr ? 0 : memory_below(root_); }

}  // namespace sortkey
