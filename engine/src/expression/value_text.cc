#include "expression/value_text.h"

#include "support/base64.h"

namespace sortkey {
namespace {

void append_scalar(std::string& out, Type type, std::string_view scalar) {
    if (type == Type::N || type == Type::NS) {
        Number::from_bytes(scalar).append_text(out);
    } else if (type == Type::B || type == Type::BS) {
        append_base64(out, scalar);
    } else {
        out += scalar;
    }
}

}  // namespace

void append_value_text(std::string& out, ValueView value) {
    const Type type = value.type();
    out += "AttributeValue: {";
    out += type_name(type);
    out += ':';
    bool first = true;
    const auto separate = [&] {
        if (!first) out += ", ";
        first = false;
    };
    switch (type) {
        case Type::S:
        case Type::N:
        case Type::B:
            append_scalar(out, type, value.scalar());
            break;
        case Type::BOOL:
            out += value.boolean() ? "true" : "false";
            break;
        case Type::NULL_:
            out += "true";
            break;
        case Type::L:
            out += '[';
            for (const ListEntry entry : value.list()) {
                separate();
                append_value_text(out, entry.value);
            }
            out += ']';
            break;
        case Type::M:
            out += '{';
            for (const MapEntry entry : value.map()) {
                separate();
                out += entry.name;
                out += '=';
                append_value_text(out, entry.value);
            }
            out += '}';
            break;
        default:
            out += '[';
            for (const SetEntry entry : value.set()) {
                separate();
                append_scalar(out, type, entry.member);
            }
            out += ']';
            break;
    }
    out += '}';
}

}  // namespace sortkey
