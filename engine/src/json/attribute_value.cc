#include "json/attribute_value.h"

#include <algorithm>
#include <vector>

#include "json/shape.h"
#include "sortkey/limits.h"
#include "support/base64.h"

namespace sortkey::json {
namespace {

Error of_values(Error error) {
    error.family = ErrorFamily::Values;
    return error;
}

Error conversion(Error error) {
    error.conversion = true;
    return of_values(std::move(error));
}

Status append_number(std::string_view text, std::string& out, Wording wording) {
    if (text.empty()) {
        return conversion(Error::validation(wording == Wording::older
                                                ? "The parameter cannot be converted to a numeric value"
                                                : "The parameter cannot be converted to a numeric value: "));
    }
    auto number = Number::parse(text);
    if (!number) return conversion(std::move(number.error()));
    const size_t length_at = out.size();
    out.push_back(0);
    number->append_bytes(out);
    out[length_at] = static_cast<char>(out.size() - length_at - 1);
    return {};
}

Error duplicates(Type type, Node set, const std::vector<std::string>& members, Wording wording) {
    if (type == Type::NS) {
        return conversion(wording == Wording::older
                              ? Error::validation("Input collection contains duplicates")
                              : Error::invalid_parameter("Input collection contains duplicates."));
    }
    std::vector<std::string_view> texts;
    for (const Node::Member member : set.elements()) texts.push_back(member.value.text());
    std::string shown;
    if (wording == Wording::older) {
        for (const std::string_view text : texts) shown += (shown.empty() ? "" : ", ") + std::string(text);
    } else {
        // Members in byte order up to the first repeat, the repeat, then the rest as sent.
        std::vector<size_t> order(members.size());
        for (size_t i = 0; i < order.size(); ++i) order[i] = i;
        std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return members[a] < members[b]; });
        size_t repeat = members.size();
        for (size_t i = 1; i < order.size(); ++i)
            if (members[order[i]] == members[order[i - 1]]) repeat = std::min(repeat, order[i]);
        std::erase_if(order, [&](size_t i) { return i >= repeat; });
        for (size_t i = repeat; i < texts.size(); ++i) order.push_back(i);
        const std::string_view separator = type == Type::BS ? "," : ", ";
        for (const size_t i : order) {
            if (!shown.empty()) shown += separator;
            shown += '"';
            shown += texts[i];
            shown += '"';
        }
    }
    return conversion(
        Error::invalid_parameter("Input collection [" + shown + "]" +
                                 (type == Type::BS ? "of type BS contains duplicates." : " contains duplicates.")));
}

Status append_set(Type type, Node set, std::string& out, Wording wording) {
    if (set.count() == 0) {
        if (type == Type::NS) return conversion(Error::invalid_parameter("An number set  may not be empty"));
        return of_values(Error::invalid_parameter(type == Type::SS ? "An string set  may not be empty"
                                                                   : "Binary sets should not be empty"));
    }
    std::vector<std::string> members;
    members.reserve(set.count());
    for (const Node::Member element : set.elements()) {
        const std::string_view text = element.value.is_null() ? std::string_view() : element.value.text();
        std::string member;
        if (type == Type::SS) {
            member = text;
        } else if (type == Type::BS) {
            decode_base64(text, member);
        } else {
            SORTKEY_CHECK(append_number(text, member, wording));
            member.erase(0, 1);
        }
        members.push_back(std::move(member));
    }
    std::vector<std::string> sorted = members;
    std::sort(sorted.begin(), sorted.end());
    if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end())
        return duplicates(type, set, members, wording);
    const size_t length_at = out.size();
    append_u32(out, 0);
    append_varint(out, sorted.size());
    for (const std::string& member : sorted) {
        append_varint(out, member.size());
        out += member;
    }
    store_u32(out.data() + length_at, static_cast<uint32_t>(out.size() - length_at - 4));
    return {};
}

class Reader {
public:
    Reader(std::string& out, Wording wording, bool check_nesting)
        : out_(out), wording_(wording), nesting_max_(check_nesting ? kNestingMax : kHardNestingMax) {}

    Status value(Node node, int level) {
        if (level > nesting_max_) return Error::validation(std::string(kNestingText));
        int types = 0;
        for (const Node::Member member : node.members()) {
            if (member.value.is_null()) continue;
            Type type;
            if (!type_of(member.name, type)) continue;
            // The first type is stored; of further ones only the checks matter, as the whole is refused.
            const size_t from = out_.size();
            SORTKEY_CHECK(typed(type, member.value, level));
            if (++types > 1) out_.resize(from);
        }
        if (types == 0)
            return Error::validation(
                "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
        if (types > 1)
            return Error::validation(
                "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported "
                "datatypes");
        return {};
    }

    Status attributes(Node object, int level) {
        // Sorted by name, the last of repeated names wins; small objects, so an index sort is enough.
        struct Entry {
            std::string_view name;
            Node value;
        };
        constexpr size_t kInline = 24;
        Entry inline_entries[kInline];
        std::vector<Entry> more;
        Entry* entries = inline_entries;
        size_t count = 0;
        if (object.count() > kInline) {
            more.resize(object.count());
            entries = more.data();
        }
        bool sorted = true;
        for (const Node::Member member : object.members()) {
            if (count > 0 && !(entries[count - 1].name < member.name)) sorted = false;
            entries[count++] = {member.name, member.value};
        }
        if (!sorted) {
            std::stable_sort(entries, entries + count, [](const Entry& a, const Entry& b) { return a.name < b.name; });
            size_t kept = 0;
            for (size_t i = 0; i < count; ++i)
                if (i + 1 == count || entries[i + 1].name != entries[i].name) entries[kept++] = entries[i];
            count = kept;
        }
        append_varint(out_, count);
        for (size_t i = 0; i < count; ++i) {
            if (entries[i].name.size() > limits::kAttributeNameBytesMax)
                return Error::validation(std::string(kAttributeNameTooLarge));
            append_varint(out_, entries[i].name.size());
            out_ += entries[i].name;
            if (entries[i].value.is_null())
                return Error::validation(
                    "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
            SORTKEY_CHECK(value(entries[i].value, level));
        }
        return {};
    }

private:
    static constexpr int kHardNestingMax = 512;  // where only stored items are limited; keeps the stack bounded

    static bool type_of(std::string_view name, Type& type) {
        const auto is = [&](Type candidate) {
            type = candidate;
            return true;
        };
        if (name.size() == 1) {
            switch (name[0]) {
                case 'S':
                    return is(Type::S);
                case 'N':
                    return is(Type::N);
                case 'B':
                    return is(Type::B);
                case 'L':
                    return is(Type::L);
                case 'M':
                    return is(Type::M);
                default:
                    return false;
            }
        }
        if (name == "BOOL") return is(Type::BOOL);
        if (name == "NULL") return is(Type::NULL_);
        if (name == "SS") return is(Type::SS);
        if (name == "NS") return is(Type::NS);
        return name == "BS" && is(Type::BS);
    }

    Status typed(Type type, Node node, int level) {
        out_.push_back(static_cast<char>(type));
        switch (type) {
            case Type::S:
                append_varint(out_, node.text().size());
                out_ += node.text();
                return {};
            case Type::B: {
                std::string bytes;
                decode_base64(node.text(), bytes);
                append_varint(out_, bytes.size());
                out_ += bytes;
                return {};
            }
            case Type::N:
                return append_number(node.text(), out_, wording_);
            case Type::BOOL:
                out_.push_back(boolean_of(node) ? 1 : 0);
                return {};
            case Type::NULL_:
                if (!boolean_of(node))
                    return of_values(
                        Error::invalid_parameter("Null attribute value types must have the value of true"));
                return {};
            case Type::L:
            case Type::M: {
                const size_t length_at = out_.size();
                append_u32(out_, 0);
                if (type == Type::M) {
                    SORTKEY_CHECK(attributes(node, level + 1));
                } else {
                    append_varint(out_, node.count());
                    for (const Node::Member element : node.elements()) {
                        if (element.value.is_null())
                            return Error::validation(
                                "Supplied AttributeValue is empty, must contain exactly one of the supported "
                                "datatypes");
                        SORTKEY_CHECK(value(element.value, level + 1));
                    }
                }
                store_u32(out_.data() + length_at, static_cast<uint32_t>(out_.size() - length_at - 4));
                return {};
            }
            default:
                return append_set(type, node, out_, wording_);
        }
    }

    std::string& out_;
    Wording wording_;
    int nesting_max_;
};

}  // namespace

Status read_value(Node node, std::string& out, Wording wording, bool check_nesting) {
    return Reader(out, wording, check_nesting).value(node, 1);
}

Status read_item(Node object, std::string& out, Wording wording, bool check_nesting) {
    for (const Node::Member member : object.members())
        if (member.name.empty()) return Error::validation(std::string(kEmptyAttributeName));
    return Reader(out, wording, check_nesting).attributes(object, 1);
}

void write_string(std::string& json, std::string_view text) {
    json.push_back('"');
    size_t from = 0;
    for (size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c >= 0x20 && c != '"' && c != '\\') continue;
        json.append(text, from, i - from);
        from = i + 1;
        switch (c) {
            case '"':
                json += "\\\"";
                break;
            case '\\':
                json += "\\\\";
                break;
            case '\n':
                json += "\\n";
                break;
            case '\r':
                json += "\\r";
                break;
            case '\t':
                json += "\\t";
                break;
            default: {
                static constexpr char kHex[] = "0123456789abcdef";
                json += "\\u00";
                json.push_back(kHex[c >> 4]);
                json.push_back(kHex[c & 15]);
            }
        }
    }
    json.append(text, from);
    json.push_back('"');
}

namespace {

void write_scalar(std::string& json, Type type, std::string_view scalar) {
    if (type == Type::S) {
        write_string(json, scalar);
        return;
    }
    json.push_back('"');
    if (type == Type::N) {
        Number::from_bytes(scalar).append_text(json);
    } else {
        append_base64(json, scalar);
    }
    json.push_back('"');
}

}  // namespace

void write_value(std::string& json, ValueView value) {
    const Type type = value.type();
    json += "{\"";
    json += type_name(type);
    json += "\":";
    switch (type) {
        case Type::S:
        case Type::N:
        case Type::B:
            write_scalar(json, type, value.scalar());
            break;
        case Type::BOOL:
            json += value.boolean() ? "true" : "false";
            break;
        case Type::NULL_:
            json += "true";
            break;
        case Type::M:
            write_item(json, value.map());
            break;
        case Type::L: {
            json.push_back('[');
            bool first = true;
            for (const ListEntry entry : value.list()) {
                if (!first) json.push_back(',');
                first = false;
                write_value(json, entry.value);
            }
            json.push_back(']');
            break;
        }
        default: {
            const Type member = type == Type::SS ? Type::S : type == Type::NS ? Type::N : Type::B;
            json.push_back('[');
            bool first = true;
            for (const SetEntry entry : value.set()) {
                if (!first) json.push_back(',');
                first = false;
                write_scalar(json, member, entry.member);
            }
            json.push_back(']');
        }
    }
    json.push_back('}');
}

void write_item(std::string& json, MapView item) {
    json.push_back('{');
    bool first = true;
    for (const MapEntry entry : item) {
        if (!first) json.push_back(',');
        first = false;
        write_string(json, entry.name);
        json.push_back(':');
        write_value(json, entry.value);
    }
    json.push_back('}');
}

void write_number(std::string& json, double value) {
    const auto whole = static_cast<int64_t>(value);
    json += std::to_string(whole);
    auto thousandths = static_cast<int64_t>((value - static_cast<double>(whole)) * 1000 + (value < 0 ? -0.5 : 0.5));
    if (thousandths < 0) thousandths = -thousandths;
    if (thousandths == 0) return;
    char digits[4] = {static_cast<char>('0' + thousandths / 100), static_cast<char>('0' + thousandths / 10 % 10),
                      static_cast<char>('0' + thousandths % 10), 0};
    int length = 3;
    while (digits[length - 1] == '0') --length;
    json.push_back('.');
    json.append(digits, static_cast<size_t>(length));
}

void write_timestamp(std::string& json, int64_t micros) {
    const int64_t millis = micros / 1000;
    json += std::to_string(millis / 1000);
    int64_t rest = millis % 1000;
    if (rest == 0) return;
    json.push_back('.');
    for (int64_t unit = 100; rest != 0; unit /= 10) {
        json.push_back(static_cast<char>('0' + rest / unit));
        rest %= unit;
    }
}

std::string describe_value(ValueView value) {
    std::string text = "AttributeValue: {" + std::string(type_name(value.type())) + ":";
    switch (value.type()) {
        case Type::S:
            text += value.scalar();
            break;
        case Type::N:
            value.number().append_text(text);
            break;
        case Type::B:
            append_base64(text, value.scalar());
            break;
        default: {
            std::string json;
            write_value(json, value);
            text += json;
        }
    }
    return text + "}";
}

}  // namespace sortkey::json
