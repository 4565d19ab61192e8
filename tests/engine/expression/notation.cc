#include "notation.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace sortkey::notation {
namespace {

class Reader {
public:
    explicit Reader(std::string_view text) : text_(text) {}

    Value read() {
        skip();
        switch (peek()) {
            case '\'':
                return Value::string(quoted());
            case 'b':
                ++at_;
                return Value::binary(unhex(quoted()));
            case '[': {
                Value::List list;
                sequence(']', [&] { list.push_back(read()); });
                return Value::make_list(std::move(list));
            }
            case '{': {
                Value::Map map;
                sequence('}', [&] {
                    skip();
                    std::string name;
                    if (peek() == ':') name = text_[at_++];  // a placeholder's sigil
                    name += until(':');
                    ++at_;
                    insert_in(map, name) = read();
                });
                return Value::make_map(std::move(map));
            }
            case '<': {
                Value set;
                Value::Set members;
                sequence('>', [&] {
                    const Value member = read();
                    set.type = member.type == Type::S ? Type::SS : member.type == Type::N ? Type::NS : Type::BS;
                    members.push_back(std::get<std::string>(member.data));
                });
                std::sort(members.begin(), members.end());
                set.data = std::move(members);
                return set;
            }
            default:
                return word();
        }
    }

private:
    char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
    void skip() {
        while (peek() == ' ') ++at_;
    }
    std::string until(char end) {
        const size_t start = at_;
        while (peek() != end && peek() != '\0') ++at_;
        return std::string(text_.substr(start, at_ - start));
    }
    std::string quoted() {
        ++at_;
        std::string text = until('\'');
        ++at_;
        return text;
    }
    static std::string unhex(const std::string& digits) {
        std::string bytes;
        for (size_t i = 0; i + 1 < digits.size(); i += 2)
            bytes.push_back(static_cast<char>(std::strtol(digits.substr(i, 2).c_str(), nullptr, 16)));
        return bytes;
    }
    template <class Element>
    void sequence(char end, Element element) {
        ++at_;
        for (skip(); peek() != end; skip()) {
            element();
            skip();
            if (peek() == ',') ++at_;
            if (peek() == '\0') std::abort();
        }
        ++at_;
    }
    Value word() {
        const size_t start = at_;
        while (peek() != ',' && peek() != ']' && peek() != '}' && peek() != '>' && peek() != ' ' && peek() != '\0')
            ++at_;
        const std::string_view text = text_.substr(start, at_ - start);
        if (text == "true" || text == "false") return Value::boolean(text == "true");
        if (text == "null") return Value::null();
        Result<Number> number = Number::parse(text);
        if (!number) std::abort();
        return Value::number(*number);
    }

    std::string_view text_;
    size_t at_ = 0;
};

std::string print_scalar(Type type, std::string_view scalar) {
    if (type == Type::N || type == Type::NS) return Number::from_bytes(scalar).text();
    if (type == Type::S || type == Type::SS) return "'" + std::string(scalar) + "'";
    std::string text = "b'";
    for (const char c : scalar) {
        char digits[3];
        std::snprintf(digits, sizeof digits, "%02x", static_cast<unsigned char>(c));
        text += digits;
    }
    return text + "'";
}

std::string print_map(MapView map) {
    std::string text;
    for (const MapEntry entry : map) {
        if (!text.empty()) text += ", ";
        text += std::string(entry.name) + ":" + print_value(entry.value);
    }
    return "{" + text + "}";
}

}  // namespace

std::string value(std::string_view text) { return encode(Reader(text).read()); }

std::string item(std::string_view text) {
    return text.empty() ? std::string() : encode_item(Reader(text).read().map());
}

std::string print_value(ValueView value) {
    const Type type = value.type();
    std::string text;
    switch (type) {
        case Type::S:
        case Type::N:
        case Type::B:
            return print_scalar(type, value.scalar());
        case Type::BOOL:
            return value.boolean() ? "true" : "false";
        case Type::NULL_:
            return "null";
        case Type::M:
            return print_map(value.map());
        case Type::L:
            for (const ListEntry entry : value.list()) {
                if (!text.empty()) text += ", ";
                text += print_value(entry.value);
            }
            return "[" + text + "]";
        default:
            for (const SetEntry entry : value.set()) {
                if (!text.empty()) text += ", ";
                text += print_scalar(type, entry.member);
            }
            return "<" + text + ">";
    }
}

std::string print_item(std::string_view encoded) { return print_map(ItemView(encoded)); }

}  // namespace sortkey::notation
