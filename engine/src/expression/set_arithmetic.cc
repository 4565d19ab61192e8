#include "expression/set_arithmetic.h"

#include "expression/payload.h"

namespace sortkey {
namespace {

/// Members in order, from front to back.
class Cursor {
public:
    explicit Cursor(ValueView set) : at_(payload_of(set)), left_(static_cast<uint32_t>(read_varint(at_))) { read(); }

    bool done() const { return left_ == 0; }
    std::string_view member() const { return member_; }
    void next() {
        at_ = member_.data() + member_.size();
        --left_;
        read();
    }

private:
    void read() {
        if (left_ > 0) member_ = SetEntry::read(at_).member;
    }

    const char* at_;
    uint32_t left_;
    std::string_view member_;
};

/// Merges two sorted sets; `with_b` says whether members of b alone are kept, and those of both.
uint32_t merge(std::string& out, ValueView a, ValueView b, bool with_b) {
    uint32_t count = 0;
    Cursor left(a);
    Cursor right(b);
    while (!left.done() || !right.done()) {
        int order = left.done() ? 1 : -1;
        if (!left.done() && !right.done()) order = left.member().compare(right.member());
        const std::string_view member = order <= 0 ? left.member() : right.member();
        if (order < 0 || with_b) {
            append_varint(out, member.size());
            out += member;
            ++count;
        }
        if (order <= 0) left.next();
        if (order >= 0) right.next();
    }
    return count;
}

}  // namespace

void append_union(std::string& out, ValueView a, ValueView b) {
    const size_t mark = open_container(out, a.type());
    close_container(out, mark, merge(out, a, b, true));
}

bool append_difference(std::string& out, ValueView a, ValueView b) {
    const size_t mark = open_container(out, a.type());
    const uint32_t count = merge(out, a, b, false);
    if (count == 0) {
        out.resize(mark);
        return false;
    }
    close_container(out, mark, count);
    return true;
}

}  // namespace sortkey
