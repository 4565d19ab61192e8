#include "json/echo.h"

#include <cctype>

#include "support/utf8.h"

namespace sortkey::json {
namespace {

/// Appends values to a message until it is long enough.
class Echo {
public:
    explicit Echo(std::string& text) : text_(text) {}

    // A structure is echoed by the service with its name and all its members: KeySchemaElement(attributeName=a, …).
    void shaped(Node node, const Shape& shape) {
        if (!node || node.is_null()) {
            text_ += "null";
        } else if (shape.kind == ShapeKind::Structure) {
            text_ += shape.name;
            text_ += '(';
            for (uint32_t i = 0; i < shape.count && !full(); ++i) {
                if (i > 0) text_ += ", ";
                const size_t at = text_.size();
                text_ += shape.members[i].name;
                text_[at] = static_cast<char>(std::tolower(static_cast<unsigned char>(text_[at])));
                text_ += '=';
                shaped(node.find(shape.members[i].name), *shape.members[i].shape);
            }
            text_ += ')';
        } else if (shape.kind == ShapeKind::List && node.kind() == Kind::Array) {
            collection(node, '[', ']', [&](Node element) { shaped(element, *shape.element); });
        } else if (shape.kind == ShapeKind::Map && node.kind() == Kind::Object) {
            collection(node, '{', '}', [&](Node value) { shaped(value, *shape.element); });
        } else {
            plain(node);
        }
    }

private:
    bool full() const { return text_.size() >= kEchoBytesMax; }

    void plain(Node node) {
        switch (node.kind()) {
            case Kind::Null:
                text_ += "null";
                return;
            case Kind::True:
                text_ += "true";
                return;
            case Kind::False:
                text_ += "false";
                return;
            case Kind::Integer:
                text_ += std::to_string(node.integer());
                return;
            case Kind::Decimal:
            case Kind::String:
                append_text(node.text());
                return;
            case Kind::Array:
                return collection(node, '[', ']', [&](Node element) { plain(element); });
            case Kind::Object:
                return collection(node, '{', '}', [&](Node value) { plain(value); });
        }
    }

    template <class Write>
    void collection(Node node, char open, char close, Write write) {
        const bool named = node.kind() == Kind::Object;
        text_ += open;
        bool first = true;
        for (const Node::Member member : named ? node.members() : node.elements()) {
            if (!first) text_ += ", ";
            first = false;
            if (full()) {
                text_ += "…";
                break;
            }
            if (named) {
                append_text(member.name);
                text_ += '=';
            }
            write(member.value);
        }
        text_ += close;
    }

    void append_text(std::string_view text) { append_bounded(text_, text, kEchoBytesMax); }

    std::string& text_;
};

}  // namespace

void echo(std::string& text, Node node, const Shape& shape) { Echo(text).shaped(node, shape); }

}  // namespace sortkey::json
