// An engine with a table, and what is asked of it, for tests of stored bytes and of memory.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "sortkey/engine.h"

namespace sortkey::workspace {

struct Answer {
    int status;
    nlohmann::json body;
    std::string text;
};

inline Answer call(Engine& engine, std::string_view operation, const std::string& body) {
    const bool whole = operation.find('.') != std::string_view::npos;
    const std::string request = (whole ? "" : "DynamoDB_20120810.") + std::string(operation) + "\n" + body;
    const std::string answer(engine.call(request));
    const std::string text = answer.substr(4);
    return {std::stoi(answer.substr(0, 3)), text.empty() ? nlohmann::json() : nlohmann::json::parse(text), text};
}

inline nlohmann::json world(Engine& engine) { return call(engine, "Sortkey_20261120.DescribeWorld", "{}").body; }
inline std::string digest(Engine& engine) { return call(engine, "Sortkey_20261120.StateDigest", "{}").text; }
inline uint64_t memory(Engine& engine) { return world(engine)["MemoryBytes"].get<uint64_t>(); }
inline int items(Engine& engine) { return world(engine)["Items"].get<int>(); }

/// Table "Music": key Artist, an index byYear of all attributes; `more`: further members.
inline void create_table(Engine& engine, const std::string& more = "") {
    call(engine, "Sortkey_20261120.Configure", R"({"TableDelayMillis":0})");
    call(engine, "CreateTable",
         R"({"TableName":"Music","BillingMode":"PAY_PER_REQUEST",
 "AttributeDefinitions":[{"AttributeName":"Artist","AttributeType":"S"},{"AttributeName":"Year","AttributeType":"N"}],
 "KeySchema":[{"AttributeName":"Artist","KeyType":"HASH"}],
 "GlobalSecondaryIndexes":[{"IndexName":"byYear","KeySchema":[{"AttributeName":"Year","KeyType":"HASH"}],
                            "Projection":{"ProjectionType":"ALL"}}])" +
             more + "}");
}

inline std::string put_request(int number, size_t bytes = 10) {
    return R"({"TableName":"Music","Item":{"Artist":{"S":")" + std::to_string(number) + R"("},"Year":{"N":")" +
           std::to_string(1900 + number % 100) + R"("},"text":{"S":")" + std::string(bytes, 'x') + "\"}}}";
}

inline Answer put(Engine& engine, int number, size_t bytes = 10) {
    return call(engine, "PutItem", put_request(number, bytes));
}

inline Answer remove(Engine& engine, int number) {
    return call(engine, "DeleteItem",
                R"({"TableName":"Music","Key":{"Artist":{"S":")" + std::to_string(number) + "\"}}}");
}

inline nlohmann::json restore(Engine& engine, std::string_view bytes) {
    return nlohmann::json::parse(engine.restore(bytes));
}

/// What all items of the table and of its index are, in order.
inline std::string everything(Engine& engine) {
    return call(engine, "Scan", R"({"TableName":"Music"})").text +
           call(engine, "Scan", R"({"TableName":"Music","IndexName":"byYear"})").text;
}

}  // namespace sortkey::workspace
