// Attribute values: a compact encoded form that is read in place, and a tree for building and changing.
//
// Encoded value: one type byte, then
//   S, B        varint length, bytes
//   N           one byte length, Number::bytes()
//   BOOL        one byte 0/1;   NULL nothing
//   SS, NS, BS  u32 payload length, payload = varint count, members (varint length, bytes), sorted by bytes
//   L           u32 payload length, payload = varint count, values
//   M           u32 payload length, payload = varint count, (varint name length, name, value)…, sorted by name
// An encoded *item* is the payload of an M. The form is canonical: two values are deep-equal (lists in order, maps and
// sets regardless of it, numbers by value) exactly when their bytes are equal.
//
//   ItemView item(bytes);
//   if (ValueView year = item.find("Year"); year && year.type() == Type::N) … year.number().text()
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "model/number.h"
#include "support/varint.h"

namespace sortkey {

enum class Type : uint8_t { S, N, B, BOOL, NULL_, L, M, SS, NS, BS };

/// "S", "N", … "BS" as on the wire.
std::string_view type_name(Type type);
inline bool is_set(Type type) { return type >= Type::SS; }
inline bool is_scalar_key(Type type) { return type <= Type::B; }

class ListView;
class MapView;
class SetView;

/// One encoded value, read in place. Empty (false) stands for "no such attribute".
class ValueView {
public:
    ValueView() = default;
    explicit ValueView(const char* at) : at_(at) {}
    explicit ValueView(std::string_view encoded) : at_(encoded.data()) {}

    explicit operator bool() const { return at_ != nullptr; }
    Type type() const { return static_cast<Type>(*at_); }
    /// S: the text, B: the raw bytes, N: Number::bytes(). REQUIRES one of these types.
    std::string_view scalar() const;
    Number number() const { return Number::from_bytes(scalar()); }
    bool boolean() const { return at_[1] != 0; }
    ListView list() const;
    MapView map() const;
    SetView set() const;
    /// The whole encoded value, type byte included.
    std::string_view encoded() const { return {at_, static_cast<size_t>(end() - at_)}; }
    /// First byte behind this value.
    const char* end() const;
    /// Bytes the service counts for the value (spec: data-model §4).
    uint32_t size() const;

    friend bool operator==(ValueView a, ValueView b) { return a.encoded() == b.encoded(); }

private:
    const char* at_ = nullptr;
};

/// Forward iteration shared by the container views: `for (auto e : view)`.
template <class Entry>
class EntryIterator {
public:
    EntryIterator(const char* at, uint32_t left) : left_(left) {
        if (left_ > 0) entry_ = Entry::read(at);
    }
    const Entry& operator*() const { return entry_; }
    EntryIterator& operator++() {
        if (--left_ > 0) entry_ = Entry::read(entry_.end());
        return *this;
    }
    bool operator!=(const EntryIterator& other) const { return left_ != other.left_; }

private:
    Entry entry_;
    uint32_t left_;
};

template <class Entry>
class ContainerView {
public:
    ContainerView() : first_(""), count_(0) {}
    explicit ContainerView(const char* payload) : first_(payload) {
        count_ = static_cast<uint32_t>(read_varint(first_));
    }
    uint32_t count() const { return count_; }
    bool empty() const { return count_ == 0; }
    EntryIterator<Entry> begin() const { return {first_, count_}; }
    EntryIterator<Entry> end() const { return {nullptr, 0}; }

protected:
    const char* first_;
    uint32_t count_;
};

struct ListEntry {
    ValueView value;
    static ListEntry read(const char* at) { return {ValueView(at)}; }
    const char* end() const { return value.end(); }
};

struct MapEntry {
    std::string_view name;
    ValueView value;
    static MapEntry read(const char* at) {
        const auto length = static_cast<size_t>(read_varint(at));
        return {{at, length}, ValueView(at + length)};
    }
    const char* end() const { return value.end(); }
};

struct SetEntry {
    std::string_view member;  ///< SS text, BS bytes, NS Number::bytes()
    static SetEntry read(const char* at) {
        const auto length = static_cast<size_t>(read_varint(at));
        return {{at, length}};
    }
    const char* end() const { return member.data() + member.size(); }
};

class ListView : public ContainerView<ListEntry> {
public:
    using ContainerView::ContainerView;
    ValueView at(uint32_t index) const;  ///< empty when out of range
};

class SetView : public ContainerView<SetEntry> {
public:
    using ContainerView::ContainerView;
    bool contains(std::string_view member) const;
};

class MapView : public ContainerView<MapEntry> {
public:
    using ContainerView::ContainerView;
    ValueView find(std::string_view name) const;  ///< empty when absent
};

/// A whole encoded item (the payload of an M); an empty one is the absent item.
class ItemView : public MapView {
public:
    ItemView() = default;
    explicit ItemView(std::string_view encoded) : MapView(encoded.empty() ? "" : encoded.data()), encoded_(encoded) {}
    std::string_view encoded() const { return encoded_; }
    /// Item size in bytes: Σ UTF-8 name + value size (spec: data-model §4).
    uint32_t size() const;

private:
    std::string_view encoded_;
};

/// A value as a tree, for update expressions and tests. Maps and sets are kept sorted, as in the encoded form.
struct Value {
    using List = std::vector<Value>;
    using Map = std::vector<std::pair<std::string, Value>>;  ///< sorted by name, unique
    using Set = std::vector<std::string>;                    ///< sorted, unique; members as in SetEntry

    Type type = Type::NULL_;
    std::variant<std::monostate, bool, std::string, Set, List, Map> data;  ///< string: S, B, N (Number::bytes())

    static Value string(std::string text) { return {Type::S, std::move(text)}; }
    static Value binary(std::string bytes) { return {Type::B, std::move(bytes)}; }
    static Value number(const Number& n) { return {Type::N, n.bytes()}; }
    static Value boolean(bool b) { return {Type::BOOL, b}; }
    static Value null() { return {}; }
    static Value make_list(List l = {}) { return {Type::L, std::move(l)}; }
    static Value make_map(Map m = {}) { return {Type::M, std::move(m)}; }

    List& list() { return std::get<List>(data); }
    Map& map() { return std::get<Map>(data); }
    Set& set() { return std::get<Set>(data); }
    const List& list() const { return std::get<List>(data); }
    const Map& map() const { return std::get<Map>(data); }
    const Set& set() const { return std::get<Set>(data); }

    friend bool operator==(const Value&, const Value&) = default;
};

/// Finds or inserts (as NULL) a name in a sorted map.
Value* find_in(Value::Map& map, std::string_view name);
const Value* find_in(const Value::Map& map, std::string_view name);
Value& insert_in(Value::Map& map, std::string_view name);
void erase_in(Value::Map& map, std::string_view name);

Value decode(ValueView view);
Value::Map decode_item(ItemView item);
void append_encoded(std::string& out, const Value& value);
std::string encode(const Value& value);
/// Encoded item of a sorted attribute map.
std::string encode_item(const Value::Map& attributes);

}  // namespace sortkey
