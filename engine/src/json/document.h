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
    /// False when `text` is not one JSON value in valid UTF-8; the document is then empty.
    bool parse(std::string_view text);
    Node root() const { return {this, 0}; }

private:
    friend class Node;
    friend class Node::Iterator;
    friend struct Builder;

    struct Cell {
        Kind kind;
        uint32_t next;    // cell behind this value and its contents
        uint32_t offset;  // String, Decimal, member name: into text_. Integer: low half
        uint32_t length;  // likewise; Integer: high half. Array, Object: count
    };
    std::vector<Cell> cells_;
    std::string text_;
    std::vector<uint32_t> open_;
};

}  // namespace sortkey::json
