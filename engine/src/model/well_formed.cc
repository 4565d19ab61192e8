#include "model/well_formed.h"

#include <cstdint>

#include "model/value.h"
#include "support/utf8.h"

namespace sortkey {
namespace {

class Checker {
public:
    explicit Checker(std::string_view bytes) : rest_(bytes) {}

    bool item() { return attributes(0) && rest_.empty(); }

private:
    static constexpr int kDepthMax = 64;
    static constexpr size_t kNumberBytesMax = 22;

    bool varint(uint64_t& value) {
        value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            if (rest_.empty()) return false;
            const auto byte = static_cast<unsigned char>(rest_.front());
            rest_.remove_prefix(1);
            value |= static_cast<uint64_t>(byte & 0x7f) << shift;
            if (byte < 0x80) return true;
        }
        return false;
    }

    bool text(std::string_view& out) {
        uint64_t length = 0;
        if (!varint(length) || length > rest_.size()) return false;
        out = rest_.substr(0, static_cast<size_t>(length));
        rest_.remove_prefix(static_cast<size_t>(length));
        return true;
    }

    static bool number(std::string_view bytes) {
        if (bytes.empty() || bytes.size() > kNumberBytesMax) return false;
        const bool negative = static_cast<unsigned char>(bytes[0]) < 0x80;
        for (size_t i = 1; i < bytes.size(); ++i) {
            const auto byte = static_cast<unsigned char>(bytes[i]);
            const int pair = negative ? 101 - byte : byte - 1;  // of digits; a negative number may end in −1
            const bool end = negative && pair == -1 && i + 1 == bytes.size();
            if ((pair < 0 || pair > 99) && !end) return false;
        }
        return Number::from_bytes(bytes).bytes() == bytes;
    }

    bool attributes(int depth) {
        uint64_t count = 0;
        if (!varint(count)) return false;
        std::string_view previous;
        for (uint64_t i = 0; i < count; ++i) {
            std::string_view name;
            if (!text(name) || !is_utf8(name) || (i > 0 && !(previous < name)) || !value(depth + 1)) return false;
            previous = name;
        }
        return true;
    }

    bool members(Type type) {
        uint64_t count = 0;
        if (!varint(count) || count == 0) return false;
        std::string_view previous;
        for (uint64_t i = 0; i < count; ++i) {
            std::string_view member;
            if (!text(member) || (i > 0 && !(previous < member))) return false;
            if (type == Type::NS && !number(member)) return false;
            if (type == Type::SS && !is_utf8(member)) return false;
            previous = member;
        }
        return true;
    }

    bool value(int depth) {
        if (depth > kDepthMax || rest_.empty()) return false;
        const auto tag = static_cast<unsigned char>(rest_.front());
        if (tag > static_cast<unsigned char>(Type::BS)) return false;
        rest_.remove_prefix(1);
        const Type type = static_cast<Type>(tag);
        std::string_view scalar;
        switch (type) {
            case Type::S:
                return text(scalar) && is_utf8(scalar);
            case Type::B:
                return text(scalar);
            case Type::N:
                return text(scalar) && number(scalar);
            case Type::NULL_:
                return true;
            case Type::BOOL:
                if (rest_.empty() || static_cast<unsigned char>(rest_.front()) > 1) return false;
                rest_.remove_prefix(1);
                return true;
            default:
                break;
        }
        if (rest_.size() < 4) return false;
        const uint32_t length = load_u32(rest_.data());
        rest_.remove_prefix(4);
        if (length > rest_.size()) return false;
        const std::string_view behind = rest_.substr(length);
        rest_ = rest_.substr(0, length);
        bool good = true;
        if (type == Type::M) {
            good = attributes(depth);
        } else if (type == Type::L) {
            uint64_t count = 0;
            good = varint(count);
            for (uint64_t i = 0; good && i < count; ++i) good = value(depth + 1);
        } else {
            good = members(type);
        }
        good = good && rest_.empty();
        rest_ = behind;
        return good;
    }

    std::string_view rest_;
};

}  // namespace

bool is_well_formed_item(std::string_view bytes) { return Checker(bytes).item(); }

}  // namespace sortkey
