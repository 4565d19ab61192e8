#include "support/base64.h"

namespace sortkey {
namespace {

constexpr char kAlphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

int sextet(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    if (c == '+') return 62;
    if (c == '/') return 63;
    return -1;
}

}  // namespace

void append_base64(std::string& out, std::string_view bytes) {
    size_t i = 0;
    const auto byte = [&](size_t at) { return static_cast<unsigned>(static_cast<unsigned char>(bytes[at])); };
    for (; i + 2 < bytes.size(); i += 3) {
        const unsigned group = byte(i) << 16 | byte(i + 1) << 8 | byte(i + 2);
        const char four[4] = {kAlphabet[group >> 18], kAlphabet[group >> 12 & 63], kAlphabet[group >> 6 & 63],
                              kAlphabet[group & 63]};
        out.append(four, 4);
    }
    const size_t left = bytes.size() - i;
    if (left == 0) return;
    const unsigned group = byte(i) << 16 | (left == 2 ? byte(i + 1) << 8 : 0);
    const char four[4] = {kAlphabet[group >> 18], kAlphabet[group >> 12 & 63],
                          left == 2 ? kAlphabet[group >> 6 & 63] : '=', '='};
    out.append(four, 4);
}

Base64Fault decode_base64(std::string_view text, std::string& out) {
    size_t length = text.size();
    if (length % 4 != 0) {
        for (const char c : text)
            if (sextet(c) < 0 && c != '=') return Base64Fault::Alphabet;
        return Base64Fault::Length;
    }
    size_t padding = 0;
    while (padding < 2 && length > 0 && text[length - 1] == '=') {
        --length;
        ++padding;
    }
    unsigned group = 0;
    for (size_t i = 0; i < length; ++i) {
        const int value = sextet(text[i]);
        if (value < 0) return Base64Fault::Alphabet;
        group = group << 6 | static_cast<unsigned>(value);
        if (i % 4 == 3) {
            const char three[3] = {static_cast<char>(group >> 16), static_cast<char>(group >> 8),
                                   static_cast<char>(group)};
            out.append(three, 3);
            group = 0;
        }
    }
    if (padding == 1) {
        if (group & 3) return Base64Fault::LastCharacter;
        const char two[2] = {static_cast<char>(group >> 10), static_cast<char>(group >> 2)};
        out.append(two, 2);
    } else if (padding == 2) {
        if (group & 15) return Base64Fault::LastCharacter;
        out.push_back(static_cast<char>(group >> 4));
    }
    return Base64Fault::None;
}

}  // namespace sortkey
