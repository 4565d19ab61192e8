// A parsed JSON text as one flat array of cells: no allocation per value, reused from request to request.
//
// Filled by nlohmann/json's SAX parser; nothing else of that library is used on the hot path.
//
//   Document document;
//   if (!document.parse(text)) …not JSON…
//   for (Member m : document.root().members()) m.name, m.value
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sortkey::json {

enum class Kind : uint8_t { Null, False, True, Integer, Decimal, String, Array, Object };

class Document;

/// A value inside a Document; empty (false) stands for "not there". Valid until the document parses again.
class Node {
public:
    Node() = default;
    Node(const Document* document, uint32_t cell) : document_(document), cell_(cell) {}

    explicit operator bool() const { return document_ != nullptr; }
    Kind kind() const;
    bool is_null() const { return kind() == Kind::Null; }
    /// String: its text. Decimal: its source text.
    std::string_view text() const;
    /// REQUIRES Integer.
    int64_t integer() const;
    /// Elements of an array or members of an object.
    uint32_t count() const;
    /// Member of an object; the last one of that name, absent when missing or null.
    Node find(std::string_view name) const;

    struct Member;
    class Iterator;
    struct Range;
    /// Iterates members of an object (name set) or elements of an array (name empty).
    Range members() const;
    Range elements() const;
    uint32_t cell() const { return cell_; }

private:
    friend class Document;
    const Document* document_ = nullptr;
    uint32_t cell_ = 0;
};

struct Node::Member {
    std::string_view name;
    Node value;
};

class Node::Iterator {
public:
    Iterator(const Document* document, uint32_t cell, bool named) : document_(document), cell_(cell), named_(named) {}
    Member operator*() const;
    Iterator& operator++();
    bool operator!=(const Iterator& other) const { return cell_ != other.cell_; }

private:
    const Document* document_;
    uint32_t cell_;
    bool named_;
};

struct Node::Range {
    Iterator first, last;
    Iterator begin() const { return first; }
    Iterator end() const { return last; }
};

class Document {
public:
    /// Whoever reads a document value by value calls itself for each level of it. A value of a stored item takes two
    /// levels, and 32 of them are allowed; what is deeper than this is no mistake in counting.
    static constexpr size_t kDepthMax = 1000;

    /// False when `text` is not one JSON value in valid UTF-8 of that depth at most; the document is then empty.
    bool parse(std::string_view text);
    /// Whether depth alone is why parse() failed last.
    bool too_deep() const { return too_deep_; }
    Node root() const { return {this, 0}; }
    /// Bytes kept for the next text.
    size_t memory() const {
        return cells_.capacity() * sizeof(Cell) + text_.capacity() + strings_.capacity() * sizeof(Piece);
    }

private:
    friend class Node;
    friend class Node::Iterator;
    friend struct Builder;
    friend class SourceIterator;

    struct Cell {
        Kind kind;
        uint32_t next;    // cell behind this value and its contents
        uint32_t offset;  // String, Decimal, member name: into text_. Integer: low half
        uint32_t length;  // likewise; Integer: high half. Array, Object: count
    };
    /// A string of the source, without its quotes.
    struct Piece {
        uint32_t offset;
        uint32_t length;  // kDecoded: it has to be decoded
    };
    static constexpr uint32_t kDecoded = UINT32_MAX;

    std::vector<Cell> cells_;
    std::string text_;  // the source, then the strings that had to be decoded
    std::vector<Piece> strings_;
    std::vector<uint32_t> open_;
    bool too_deep_ = false;
};

// Reading a request is nothing but these, a few hundred times.

inline Kind Node::kind() const { return document_->cells_[cell_].kind; }

inline std::string_view Node::text() const {
    const Document::Cell& cell = document_->cells_[cell_];
    return {document_->text_.data() + cell.offset, cell.length};
}

inline int64_t Node::integer() const {
    const Document::Cell& cell = document_->cells_[cell_];
    return static_cast<int64_t>(static_cast<uint64_t>(cell.length) << 32 | cell.offset);
}

inline uint32_t Node::count() const { return document_->cells_[cell_].length; }

inline Node::Range Node::members() const {
    return {{document_, cell_ + 1, true}, {document_, document_->cells_[cell_].next, true}};
}

inline Node::Range Node::elements() const {
    return {{document_, cell_ + 1, false}, {document_, document_->cells_[cell_].next, false}};
}

inline Node::Member Node::Iterator::operator*() const {
    if (!named_) return {{}, {document_, cell_}};
    return {Node(document_, cell_).text(), {document_, cell_ + 1}};
}

inline Node::Iterator& Node::Iterator::operator++() {
    cell_ = document_->cells_[named_ ? cell_ + 1 : cell_].next;
    return *this;
}

}  // namespace sortkey::json
