// What the fuzz targets share: an engine with a table in it, and JSON text of arbitrary bytes.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "sortkey/engine.h"

namespace sortkey::fuzz {

/// Ends the run as a crash with a reason; libFuzzer then keeps the input.
[[noreturn]] inline void fail(const char* reason, std::string_view text) {
    std::fprintf(stderr, "%s: %.*s\n", reason, static_cast<int>(text.size()), text.data());
    std::abort();
}

inline std::string_view call(Engine& engine, std::string_view target, std::string_view body) {
    std::string request(target);
    request += '\n';
    request += body;
    return engine.call(request);
}

/// Every answer is "<status>\n<body>", and nothing a caller sends is an internal error.
inline void check_answer(std::string_view answer) {
    if (!answer.starts_with("200\n") && !answer.starts_with("400\n")) fail("unexpected answer", answer);
}

/// An engine with one active table and two items, one of them with every attribute type.
inline void furnish(Engine& engine) {
    const auto expect_ok = [&](std::string_view target, std::string_view body) {
        const std::string_view answer = call(engine, target, body);
        if (!answer.starts_with("200\n")) fail("the world could not be made", answer);
    };
    expect_ok("Sortkey_20261120.Configure", R"({"TableDelayMillis":0})");
    expect_ok("DynamoDB_20120810.CreateTable", R"({"TableName":"Music","BillingMode":"PAY_PER_REQUEST",
        "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"sk","AttributeType":"N"}],
        "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}]})");
    expect_ok("DynamoDB_20120810.PutItem", R"({"TableName":"Music","Item":{"pk":{"S":"a"},"sk":{"N":"1"}}})");
    expect_ok("DynamoDB_20120810.PutItem", R"({"TableName":"Music","Item":{"pk":{"S":"a"},"sk":{"N":"2"},
        "b":{"B":"AAE="},"n":{"N":"-1.5e-10"},"bool":{"BOOL":true},"null":{"NULL":true},"ss":{"SS":["x","y"]},
        "ns":{"NS":["1","2"]},"bs":{"BS":["AA=="]},"l":{"L":[{"S":"e"},{"M":{"k":{"N":"3"}}}]},
        "m":{"M":{"in":{"L":[{"N":"4"}]}}}}})");
}

/// `bytes` as a JSON string; bytes beyond ASCII stay as they are, well-formed or not.
inline std::string quoted(std::string_view bytes) {
    std::string out = "\"";
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20) {
            char escape[7];
            std::snprintf(escape, sizeof escape, "\\u%04x", byte);
            out += escape;
        } else {
            out += c;
        }
    }
    return out + '"';
}

}  // namespace sortkey::fuzz
