#include "model/value.h"

#include <algorithm>

#include "support/text.h"

namespace sortkey {
namespace {

constexpr uint32_t kContainerOverhead = 3;  // of a list or map (spec: data-model §4)
constexpr uint32_t kElementOverhead = 1;    // of each of its elements

}  // namespace

std::string_view type_name(Type type) {
    static constexpr std::string_view kNames[] = {"S", "N", "B", "BOOL", "NULL", "L", "M", "SS", "NS", "BS"};
    return kNames[static_cast<size_t>(type)];
}

std::string_view ValueView::scalar() const {
    const char* at = at_ + 1;
    const auto length = static_cast<size_t>(read_varint(at));
    return {at, length};
}

ListView ValueView::list() const { return ListView(at_ + 5); }
MapView ValueView::map() const { return MapView(at_ + 5); }
SetView ValueView::set() const { return SetView(at_ + 5); }

const char* ValueView::end() const {
    switch (type()) {
        case Type::S:
        case Type::N:
        case Type::B: {
            const std::string_view text = scalar();
            return text.data() + text.size();
        }
        case Type::BOOL:
            return at_ + 2;
        case Type::NULL_:
            return at_ + 1;
        default:
            return at_ + 5 + load_u32(at_ + 1);
    }
}

uint32_t ValueView::size() const {
    switch (type()) {
        case Type::S:
        case Type::B:
            return static_cast<uint32_t>(scalar().size());
        case Type::N:
            return number_size(scalar());
        case Type::BOOL:
        case Type::NULL_:
            return 1;
        case Type::L: {
            uint32_t total = kContainerOverhead;
            for (const ListEntry entry : list()) total += kElementOverhead + entry.value.size();
            return total;
        }
        case Type::M: {
            uint32_t total = kContainerOverhead;
            for (const MapEntry entry : map())
                total += kElementOverhead + static_cast<uint32_t>(entry.name.size()) + entry.value.size();
            return total;
        }
        case Type::NS: {
            uint32_t total = 0;
            for (const SetEntry entry : set()) total += number_size(entry.member);
            return total;
        }
        case Type::SS:
        case Type::BS:
            break;
    }
    uint32_t total = 0;
    for (const SetEntry entry : set()) total += static_cast<uint32_t>(entry.member.size());
    return total;
}

ValueView ListView::at(uint32_t index) const {
    if (index >= count()) return {};
    const char* at = first_;
    for (; index > 0; --index) at = ValueView(at).end();
    return ValueView(at);
}

bool SetView::contains(std::string_view member) const {
    for (const SetEntry entry : *this)
        if (entry.member == member) return true;
    return false;
}

ValueView MapView::find(std::string_view name) const {
    for (const MapEntry entry : *this)
        if (same_name(entry.name, name)) return entry.value;
    return {};
}

uint32_t ItemView::size() const {
    uint32_t total = 0;
    for (const MapEntry entry : *this) total += static_cast<uint32_t>(entry.name.size()) + entry.value.size();
    return total;
}

namespace {

template <class Map>
auto position_of(Map& map, std::string_view name) {
    return std::lower_bound(map.begin(), map.end(), name,
                            [](const auto& entry, std::string_view wanted) { return entry.first < wanted; });
}

}  // namespace

const Value* find_in(const Value::Map& map, std::string_view name) {
    const auto at = position_of(map, name);
    return at != map.end() && at->first == name ? &at->second : nullptr;
}

Value* find_in(Value::Map& map, std::string_view name) { return const_cast<Value*>(find_in(std::as_const(map), name)); }

Value& insert_in(Value::Map& map, std::string_view name) {
    const auto at = position_of(map, name);
    if (at != map.end() && at->first == name) return at->second;
    return map.emplace(at, std::string(name), Value())->second;
}

void erase_in(Value::Map& map, std::string_view name) {
    const auto at = position_of(map, name);
    if (at != map.end() && at->first == name) map.erase(at);
}

Value decode(ValueView view) {
    switch (view.type()) {
        case Type::S:
        case Type::N:
        case Type::B:
            return {view.type(), std::string(view.scalar())};
        case Type::BOOL:
            return Value::boolean(view.boolean());
        case Type::NULL_:
            return Value::null();
        case Type::L: {
            Value::List list;
            list.reserve(view.list().count());
            for (const ListEntry entry : view.list()) list.push_back(decode(entry.value));
            return Value::make_list(std::move(list));
        }
        case Type::M: {
            Value::Map map;
            map.reserve(view.map().count());
            for (const MapEntry entry : view.map()) map.emplace_back(entry.name, decode(entry.value));
            return Value::make_map(std::move(map));
        }
        case Type::SS:
        case Type::NS:
        case Type::BS:
            break;
    }
    Value::Set members;
    members.reserve(view.set().count());
    for (const SetEntry entry : view.set()) members.emplace_back(entry.member);
    return {view.type(), std::move(members)};
}

Value::Map decode_item(ItemView item) {
    Value::Map map;
    map.reserve(item.count());
    for (const MapEntry entry : item) map.emplace_back(entry.name, decode(entry.value));
    return map;
}

namespace {

void append_text(std::string& out, std::string_view text) {
    append_varint(out, text.size());
    out.append(text);
}

void append_attributes(std::string& out, const Value::Map& attributes) {
    append_varint(out, attributes.size());
    for (const auto& [name, value] : attributes) {
        append_text(out, name);
        append_encoded(out, value);
    }
}

}  // namespace

void append_encoded(std::string& out, const Value& value) {
    out.push_back(static_cast<char>(value.type));
    switch (value.type) {
        case Type::S:
        case Type::N:
        case Type::B:
            append_text(out, std::get<std::string>(value.data));
            return;
        case Type::BOOL:
            out.push_back(std::get<bool>(value.data) ? 1 : 0);
            return;
        case Type::NULL_:
            return;
        default:
            break;
    }
    const size_t length_at = out.size();
    append_u32(out, 0);
    if (value.type == Type::L) {
        append_varint(out, value.list().size());
        for (const Value& element : value.list()) append_encoded(out, element);
    } else if (value.type == Type::M) {
        append_attributes(out, value.map());
    } else {
        append_varint(out, value.set().size());
        for (const std::string& member : value.set()) append_text(out, member);
    }
    store_u32(out.data() + length_at, static_cast<uint32_t>(out.size() - length_at - 4));
}

std::string encode(const Value& value) {
    std::string out;
    append_encoded(out, value);
    return out;
}

std::string encode_item(const Value::Map& attributes) {
    std::string out;
    append_attributes(out, attributes);
    return out;
}

}  // namespace sortkey
