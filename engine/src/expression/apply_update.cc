// Updates: one walk over the encoded item beside the sorted actions, copying what no action touches.
//
// Invariants: right-hand sides and list positions refer to the item before the update, so the old bytes stay as they
// are and the new item is written beside them. Of several errors the service's first one wins: operands of SET in text
// order, then paths and stored types in text order; the walk meets them in path order, so errors are ranked, not
// returned.
#include "expression/expression.h"
#include "expression/payload.h"
#include "expression/project.h"
#include "expression/set_arithmetic.h"
#include "expression/update_operand.h"

namespace sortkey {
namespace {

constexpr std::string_view kInvalidPath = "The document path provided in the update expression is invalid for update";
constexpr std::string_view kLegacyMismatch = "Type mismatch for attribute to update";

class Editor {
public:
    Editor(const Update& update, ItemView before) : update_(update), before_(before) {
        out_.reserve(before.encoded().size() + 64);
    }

    Result<std::string> run() {
        const char* const payload = payload_of(before_);
        const char* const end = payload + (before_.encoded().empty() ? 1 : before_.encoded().size());
        edit_map(payload, end, 0, update_.sorted.size(), 0);
        if (failed_) return std::move(error_);
        return std::move(out_);
    }

private:
    const UpdateAction& action(size_t rank) const { return update_.actions[update_.sorted[rank]]; }
    PathView path(size_t rank) const { return update_.path(action(rank)); }
    const PathPart& part(size_t rank, uint32_t depth) const { return path(rank).parts[depth]; }

    size_t group_end(size_t low, size_t high, uint32_t depth) const {
        size_t end = low + 1;
        while (end < high && part(end, depth) == part(low, depth)) ++end;
        return end;
    }

    /// Writes the payload of a map or item after the actions [low, high), which share their first `depth` parts.
    void edit_map(const char* at, const char* end, size_t low, size_t high, uint32_t depth) {
        const size_t mark = open_payload(out_);
        auto left = static_cast<uint32_t>(read_varint(at));
        uint32_t count = left;
        const char* copied = at;  // everything before it has been written or replaced
        while (low < high) {
            const std::string_view name = part(low, depth).name;
            const size_t next = group_end(low, high, depth);
            MapEntry entry;
            bool found = false;
            for (; left > 0; --left, at = entry.end()) {
                entry = MapEntry::read(at);
                const int order = entry.name.compare(name);
                found = order == 0;
                if (order >= 0) break;
            }
            out_.append(copied, static_cast<size_t>(at - copied));
            const size_t entry_mark = out_.size();
            append_varint(out_, name.size());
            out_ += name;
            const bool written = edit_entry(found ? entry.value : ValueView(), low, next, depth);
            if (!written) out_.resize(entry_mark);
            if (found) {
                at = entry.end();
                --left;
                --count;
            }
            count += written;
            copied = at;
            low = next;
        }
        out_.append(copied, static_cast<size_t>(end - copied));
        close_payload(out_, mark, count);
    }

    /// The same for a list: new elements behind the end are appended in the order of their positions.
    void edit_list(const char* at, const char* end, size_t low, size_t high, uint32_t depth) {
        const size_t mark = open_payload(out_);
        auto left = static_cast<uint32_t>(read_varint(at));
        uint32_t count = left;
        uint32_t index = 0;
        const char* copied = at;
        while (low < high) {
            const uint32_t wanted = part(low, depth).index;
            const size_t next = group_end(low, high, depth);
            for (; left > 0 && index < wanted; --left, ++index) at = ValueView(at).end();
            out_.append(copied, static_cast<size_t>(at - copied));
            const bool found = left > 0;
            count += edit_entry(found ? ValueView(at) : ValueView(), low, next, depth);
            if (found) {
                at = ValueView(at).end();
                ++index;
                --left;
                --count;
            }
            copied = at;
            low = next;
        }
        out_.append(copied, static_cast<size_t>(end - copied));
        close_payload(out_, mark, count);
    }

    /// One entry of a map or list; writes its new value, or returns false when it has none afterwards.
    bool edit_entry(ValueView existing, size_t low, size_t high, uint32_t depth) {
        if (path(low).count == depth + 1) return write_target(update_.sorted[low], existing);
        const Type wanted = part(low, depth + 1).is_index ? Type::L : Type::M;
        if (!existing || existing.type() != wanted) {
            fail_paths(low, high);
            return false;
        }
        out_.push_back(static_cast<char>(wanted));
        const size_t length_at = out_.size();
        append_u32(out_, 0);
        if (wanted == Type::M) {
            edit_map(payload_of(existing), existing.end(), low, high, depth + 1);
        } else {
            edit_list(payload_of(existing), existing.end(), low, high, depth + 1);
        }
        store_u32(&out_[length_at], static_cast<uint32_t>(out_.size() - length_at - 4));
        return true;
    }

    /// The value an action leaves at its path.
    bool write_target(uint32_t number, ValueView existing) {
        const UpdateAction& act = update_.actions[number];
        switch (act.section) {
            case Section::Set:
                if (Status done = append_operand(update_.tree, act.operand, before_, out_); !done)
                    fail(number, std::move(done.error()));
                return true;
            case Section::Remove:
                return false;
            case Section::Add:
                write_addition(number, existing, update_.tree[act.operand].value);
                return true;
            case Section::Delete:
                return write_deletion(number, existing, update_.tree[act.operand].value);
        }
        return false;
    }

    void write_addition(uint32_t number, ValueView existing, ValueView value) {
        if (!existing) {
            out_ += value.encoded();
        } else if (existing.type() != value.type()) {
            fail_type(number);
        } else if (value.type() == Type::N) {
            if (Status done = append_sum(out_, existing, value, false); !done) fail(number, std::move(done.error()));
        } else if (is_set(value.type())) {
            append_union(out_, existing, value);
        } else if (value.type() == Type::L) {  // legacy ADD only
            append_concatenation(out_, existing, value);
        } else {
            fail_type(number);
        }
    }

    bool write_deletion(uint32_t number, ValueView existing, ValueView value) {
        if (!existing) return false;
        if (existing.type() == value.type() && is_set(value.type())) return append_difference(out_, existing, value);
        fail_type(number);
        return false;
    }

    /// Keeps the error that the service would have met first.
    void fail(uint32_t number, Error error) {
        const uint32_t operands = update_.actions[number].section == Section::Set ? 0 : 1;
        fail_ranked(operands, number, std::move(error));
    }

    void fail_type(uint32_t number) {
        fail(number, Error::validation(std::string(update_.legacy ? kLegacyMismatch : kWrongOperandType)));
    }

    /// No container at the actions' common path. Their operands are still computed: errors in those come first.
    void fail_paths(size_t low, size_t high) {
        for (; low < high; ++low) {
            const uint32_t number = update_.sorted[low];
            const UpdateAction& act = update_.actions[number];
            if (act.section == Section::Set) {
                std::string unused;
                if (Status done = append_operand(update_.tree, act.operand, before_, unused); !done)
                    fail(number, std::move(done.error()));
            }
            fail_ranked(1, number, Error::validation(std::string(kInvalidPath)));
        }
    }

    void fail_ranked(uint32_t phase, uint32_t number, Error error) {
        const uint64_t rank = uint64_t{phase} << 32 | number;
        if (failed_ && rank_ <= rank) return;
        failed_ = true;
        rank_ = rank;
        const Span span = update_.tree[update_.actions[number].path].span;
        if (span.length > 0) error.position = {"UpdateExpression", span.offset, span.length};
        error_ = std::move(error);
    }

    const Update& update_;
    ItemView before_;
    std::string out_;
    bool failed_ = false;
    uint64_t rank_ = 0;
    Error error_;
};

}  // namespace

Result<std::string> apply_update(const Update& update, ItemView before) { return Editor(update, before).run(); }

bool updated_fragment(const Update& update, ItemView item, std::string& encoded_item_out) {
    std::vector<NodeId> paths;
    paths.reserve(update.sorted.size());
    for (const uint32_t number : update.sorted) paths.push_back(update.actions[number].path);
    return project_paths(update.tree, paths.data(), paths.size(), item, encoded_item_out);
}

}  // namespace sortkey
