#include <cassert>

#include "storage/btree_node.h"
#include "storage/ordered_map.h"

namespace sortkey {

using btree::Node;

OrderedMap::Cursor::Cursor(const OrderedMap& map) : version_(map) {}

void OrderedMap::Cursor::first() {
    depth_ = 0;
    if (version_.root_ != nullptr) descend(version_.root_, false);
}

void OrderedMap::Cursor::last() {
    depth_ = 0;
    if (version_.root_ != nullptr) descend(version_.root_, true);
}

void OrderedMap::Cursor::lower_bound(std::string_view key) { seek(key, false); }

void OrderedMap::Cursor::upper_bound(std::string_view key) { seek(key, true); }

void OrderedMap::Cursor::at_most(std::string_view key) {
    seek(key, true);
    if (valid()) {
        prev();
    } else {
        last();
    }
}

void OrderedMap::Cursor::below(std::string_view key) {
    seek(key, false);
    if (valid()) {
        prev();
    } else {
        last();
    }
}

void OrderedMap::Cursor::next() {
    if (depth_ == 0) return;
    Step& leaf = path_[depth_ - 1];
    if (++leaf.index == leaf.node->count) climb_next();
}

void OrderedMap::Cursor::prev() {
    if (depth_ == 0) return;
    Step& leaf = path_[depth_ - 1];
    if (leaf.index > 0) {
        --leaf.index;
    } else {
        climb_prev();
    }
}

const Record* OrderedMap::Cursor::record() const {
    assert(valid());
    const Step& leaf = path_[depth_ - 1];
    return leaf.node->keys()[leaf.index];
}

void OrderedMap::Cursor::seek(std::string_view key, bool after_equal) {
    depth_ = 0;
    const Node* node = version_.root_;
    if (node == nullptr) return;
    const btree::Probe probe(key);
    for (; !node->leaf(); node = node->children()[path_[depth_ - 1].index]) {
        assert(depth_ < kDepthMax);
        path_[depth_++] = {node, btree::child_index(node, probe)};
    }
    std::uint32_t index = btree::lower_bound(node, probe);
    if (after_equal && btree::holds(node, index, probe)) ++index;
    path_[depth_++] = {node, index};
    // The bound of a key behind the last of its leaf is the first of the next leaf.
    if (index == node->count) climb_next();
}

// Goes down the edge of a subtree and adds the way to path_.
void OrderedMap::Cursor::descend(const Node* node, bool to_last) {
    for (;;) {
        assert(depth_ < kDepthMax);
        const std::uint32_t index = to_last ? node->count - 1U : 0;
        path_[depth_++] = {node, index};
        if (node->leaf()) return;
        node = node->children()[index];
    }
}

void OrderedMap::Cursor::climb_next() {
    for (--depth_; depth_ > 0; --depth_) {
        Step& step = path_[depth_ - 1];
        if (step.index + 1 < step.node->count) {
            ++step.index;
            descend(step.node->children()[step.index], false);
            return;
        }
    }
}

void OrderedMap::Cursor::climb_prev() {
    for (--depth_; depth_ > 0; --depth_) {
        Step& step = path_[depth_ - 1];
        if (step.index > 0) {
            --step.index;
            descend(step.node->children()[step.index], true);
            return;
        }
    }
}

}  // namespace sortkey
