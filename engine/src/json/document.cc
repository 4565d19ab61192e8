#include "json/document.h"

#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <vector>

#include "support/text.h"

namespace sortkey::json {
namespace {

// The library collects each token character by character. std::string's own instantiation lives in the standard library
// and is called for each of them; with an allocator of ours it is instantiated here and inlined, which halves the
// parse.
template <class T>
struct InlineAllocator : std::allocator<T> {
    InlineAllocator() = default;
    template <class U>
    explicit InlineAllocator(const InlineAllocator<U>&) {}
    template <class U>
    struct rebind {
        using other = InlineAllocator<U>;
    };
};
struct TokenText : std::basic_string<char, std::char_traits<char>, InlineAllocator<char>> {
    using basic_string::basic_string;
    TokenText(const std::string& text) : basic_string(text.data(), text.size()) {}
};
using Json = nlohmann::basic_json<std::map, std::vector, TokenText>;

}  // namespace

/// nlohmann's SAX events, appended as cells. An object's member is a String cell (the name) before its value.
struct Builder {
    using number_integer_t = Json::number_integer_t;
    using number_unsigned_t = Json::number_unsigned_t;
    using number_float_t = Json::number_float_t;
    using string_t = Json::string_t;
    using binary_t = Json::binary_t;

    Document& document;

    bool null() { return leaf(Kind::Null, 0, 0); }
    bool boolean(bool value) { return leaf(value ? Kind::True : Kind::False, 0, 0); }
    bool number_integer(number_integer_t value) {
        const auto bits = static_cast<uint64_t>(value);
        return leaf(Kind::Integer, static_cast<uint32_t>(bits), static_cast<uint32_t>(bits >> 32));
    }
    bool number_unsigned(number_unsigned_t value) {
        if (value > INT64_MAX) return text(Kind::Decimal, std::to_string(value));
        return number_integer(static_cast<int64_t>(value));
    }
    bool number_float(number_float_t, const string_t& source) { return text(Kind::Decimal, source); }
    bool string(string_t& value) { return text(Kind::String, value); }
    bool binary(binary_t&) { return false; }
    bool start_object(size_t) { return open(Kind::Object); }
    bool key(string_t& name) {
        append(Kind::String, name);
        return true;
    }
    bool end_object() { return close(); }
    bool start_array(size_t) { return open(Kind::Array); }
    bool end_array() { return close(); }
    bool parse_error(size_t, const std::string&, const nlohmann::detail::exception&) { return false; }

private:
    void append(Kind kind, std::string_view value) {
        const auto offset = static_cast<uint32_t>(document.text_.size());
        document.text_.append(value);
        document.cells_.push_back(
            {kind, static_cast<uint32_t>(document.cells_.size()) + 1, offset, static_cast<uint32_t>(value.size())});
    }
    void counted() {
        if (!document.open_.empty()) ++document.cells_[document.open_.back()].length;
    }
    bool leaf(Kind kind, uint32_t offset, uint32_t length) {
        counted();
        document.cells_.push_back({kind, static_cast<uint32_t>(document.cells_.size()) + 1, offset, length});
        return true;
    }
    bool text(Kind kind, std::string_view value) {
        counted();
        append(kind, value);
        return true;
    }
    bool open(Kind kind) {
        counted();
        document.open_.push_back(static_cast<uint32_t>(document.cells_.size()));
        document.cells_.push_back({kind, 0, 0, 0});
        return true;
    }
    bool close() {
        document.cells_[document.open_.back()].next = static_cast<uint32_t>(document.cells_.size());
        document.open_.pop_back();
        return true;
    }
};

bool Document::parse(std::string_view text) {
    cells_.clear();
    text_.clear();
    open_.clear();
    Builder builder{*this};
    if (Json::sax_parse(text.data(), text.data() + text.size(), &builder)) return true;
    cells_.assign(1, {Kind::Null, 1, 0, 0});
    return false;
}

Kind Node::kind() const { return document_->cells_[cell_].kind; }

std::string_view Node::text() const {
    const auto& cell = document_->cells_[cell_];
    return std::string_view(document_->text_).substr(cell.offset, cell.length);
}

int64_t Node::integer() const {
    const auto& cell = document_->cells_[cell_];
    return static_cast<int64_t>(static_cast<uint64_t>(cell.length) << 32 | cell.offset);
}

uint32_t Node::count() const { return document_->cells_[cell_].length; }

Node Node::find(std::string_view name) const {
    Node found;
    for (const Member member : members())
        if (same_name(member.name, name)) found = member.value;
    if (found && found.is_null()) return {};
    return found;
}

Node::Range Node::members() const {
    return {{document_, cell_ + 1, true}, {document_, document_->cells_[cell_].next, true}};
}

Node::Range Node::elements() const {
    return {{document_, cell_ + 1, false}, {document_, document_->cells_[cell_].next, false}};
}

Node::Member Node::Iterator::operator*() const {
    if (!named_) return {{}, {document_, cell_}};
    return {Node(document_, cell_).text(), {document_, cell_ + 1}};
}

Node::Iterator& Node::Iterator::operator++() {
    cell_ = document_->cells_[named_ ? cell_ + 1 : cell_].next;
    return *this;
}

}  // namespace sortkey::json
