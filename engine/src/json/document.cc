#include "json/document.h"

#include <cstring>
#include <iterator>
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

/// The first byte at or after `at` that is not plain inside a JSON string: a quote, a backslash, a control character or
/// a byte beyond ASCII; `last` if there is none. Looks at eight bytes at a time.
const char* end_of_plain(const char* at, const char* last) {
    constexpr uint64_t kOnes = 0x0101010101010101;
    constexpr uint64_t kHighs = 0x8080808080808080;
    for (; last - at >= 8; at += 8) {
        uint64_t bytes;
        std::memcpy(&bytes, at, sizeof bytes);
        // Each term has a byte's high bit set where that byte is zero or below; a false alarm costs only the slow loop.
        const auto zero = [](uint64_t x) { return (x - kOnes) & ~x; };
        const uint64_t special =
            bytes | ((bytes - kOnes * 0x20) & ~bytes) | zero(bytes ^ kOnes * '"') | zero(bytes ^ kOnes * '\\');
        if (special & kHighs) break;
    }
    const auto plain = [](char c) { return static_cast<unsigned char>(c) - 0x20u < 0x60u && c != '"' && c != '\\'; };
    while (at != last && plain(*at)) ++at;
    return at;
}

}  // namespace

/// The text as the library's lexer gets it: strings that need no decoding are left out between their quotes, and taken
/// from the source by the Builder. Most bytes of a request lie in such strings, and the lexer spends some nanoseconds
/// on each byte it sees. Everything else, from escapes to malformed UTF-8, is the lexer's.
class SourceIterator {
public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = char;

    SourceIterator(Document& document, std::string_view text)
        : document_(&document), start_(text.data()), at_(start_), last_(start_ + text.size()) {}
    /// Behind the last byte.
    static SourceIterator end(Document& document, std::string_view text) {
        SourceIterator iterator(document, text);
        iterator.at_ = iterator.last_;
        return iterator;
    }

    char operator*() const { return *at_; }
    SourceIterator& operator++() {
        const char passed = *at_++;
        if (state_ == State::Outside) {
            if (passed == '"') open();
        } else if (state_ == State::Escaped) {
            state_ = State::Inside;
        } else if (passed == '"') {
            state_ = State::Outside;
        } else if (passed == '\\') {
            state_ = State::Escaped;
        }
        return *this;
    }
    bool operator!=(const SourceIterator& other) const { return at_ != other.at_; }
    bool operator==(const SourceIterator& other) const { return at_ == other.at_; }

private:
    enum class State : uint8_t { Outside, Inside, Escaped };

    void open() {
        state_ = State::Inside;
        const char* close = end_of_plain(at_, last_);
        if (close == last_ || *close != '"') {
            document_->strings_.push_back({0, Document::kDecoded});
            return;
        }
        document_->strings_.push_back({static_cast<uint32_t>(at_ - start_), static_cast<uint32_t>(close - at_)});
        at_ = close;
    }

    Document* document_;
    const char* start_;
    const char* at_;
    const char* last_;
    State state_ = State::Outside;
};

/// nlohmann's SAX events, appended as cells. An object's member is a String cell (the name) before its value.
struct Builder {
    using number_integer_t = Json::number_integer_t;
    using number_unsigned_t = Json::number_unsigned_t;
    using number_float_t = Json::number_float_t;
    using string_t = Json::string_t;
    using binary_t = Json::binary_t;

    Document& document;
    size_t next_string = 0;

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
    bool string(string_t& value) {
        counted();
        return append_string(value);
    }
    bool binary(binary_t&) { return false; }
    bool start_object(size_t) { return open(Kind::Object); }
    bool key(string_t& name) { return append_string(name); }
    bool end_object() { return close(); }
    bool start_array(size_t) { return open(Kind::Array); }
    bool end_array() { return close(); }
    bool parse_error(size_t, const std::string&, const nlohmann::detail::exception&) { return false; }

private:
    /// The next string of the source: where it lies there, or as the lexer decoded it.
    bool append_string(std::string_view decoded) {
        const Document::Piece piece = document.strings_[next_string++];
        if (piece.length == Document::kDecoded) {
            append(Kind::String, decoded);
        } else {
            append(Kind::String, piece.offset, piece.length);
        }
        return true;
    }
    void append(Kind kind, uint32_t offset, uint32_t length) {
        document.cells_.push_back({kind, static_cast<uint32_t>(document.cells_.size()) + 1, offset, length});
    }
    void append(Kind kind, std::string_view value) {
        const auto offset = static_cast<uint32_t>(document.text_.size());
        document.text_.append(value);
        append(kind, offset, static_cast<uint32_t>(value.size()));
    }
    void counted() {
        if (!document.open_.empty()) ++document.cells_[document.open_.back()].length;
    }
    bool leaf(Kind kind, uint32_t offset, uint32_t length) {
        counted();
        append(kind, offset, length);
        return true;
    }
    bool text(Kind kind, std::string_view value) {
        counted();
        append(kind, value);
        return true;
    }
    bool open(Kind kind) {
        document.too_deep_ = document.open_.size() == Document::kDepthMax;
        if (document.too_deep_) return false;
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
    too_deep_ = false;
    cells_.clear();
    text_.assign(text);
    strings_.clear();
    open_.clear();
    Builder builder{*this};
    if (Json::sax_parse(SourceIterator(*this, text), SourceIterator::end(*this, text), &builder)) return true;
    cells_.assign(1, {Kind::Null, 1, 0, 0});
    return false;
}

Node Node::find(std::string_view name) const {
    Node found;
    for (const Member member : members())
        if (same_name(member.name, name)) found = member.value;
    if (found && found.is_null()) return {};
    return found;
}

}  // namespace sortkey::json
