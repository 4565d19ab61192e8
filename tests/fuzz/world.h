// What the fuzz targets share: an engine with tables in it, and what every answer must satisfy.
#pragma once

#include <cstdio>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "sortkey/engine.h"
#include "target.h"

namespace sortkey::fuzz {

inline std::string call(Engine& engine, std::string_view target, std::string_view body) {
    std::string request(target);
    request += '\n';
    request += body;
    return std::string(engine.call(request));
}

/// Every answer is "200\n" or "400\n" and one JSON object, or nothing where the service says nothing; nothing a caller
/// sends is an internal error.
inline nlohmann::json check_answer(std::string_view answer) {
    if (answer == "200\n") return nlohmann::json::object();
    if (!answer.starts_with("200\n") && !answer.starts_with("400\n")) fail("unexpected status", answer);
    nlohmann::json body = nlohmann::json::parse(answer.substr(4), nullptr, false);
    if (!body.is_object()) fail("the body is not a JSON object", answer);
    if (answer.starts_with("400\n") && !body.contains("__type")) fail("an error without a type", answer);
    return body;
}

inline bool succeeded(std::string_view answer) { return answer.starts_with("200\n"); }

inline std::string digest(Engine& engine) { return call(engine, "Sortkey_20261120.StateDigest", "{}"); }

/// A request that must succeed; its answer.
inline nlohmann::json expect_ok(Engine& engine, std::string_view target, std::string_view body) {
    const std::string answer = call(engine, target, body);
    if (!succeeded(answer)) fail("the world could not be made", answer);
    return check_answer(answer);
}

/// Table "World": string and number key, a stream, expiry, tags, a policy, both kinds of index; two items, one of them
/// with every attribute type. Table "Plain": a binary key and nothing else.
inline void furnish(Engine& engine) {
    expect_ok(engine, "Sortkey_20261120.Configure", R"({"TableDelayMillis":0})");
    expect_ok(engine, "DynamoDB_20120810.CreateTable", R"({"TableName":"World","BillingMode":"PAY_PER_REQUEST",
        "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"sk","AttributeType":"N"},
            {"AttributeName":"n","AttributeType":"N"},{"AttributeName":"b","AttributeType":"B"}],
        "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}],
        "LocalSecondaryIndexes":[{"IndexName":"local","Projection":{"ProjectionType":"KEYS_ONLY"},
            "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"n","KeyType":"RANGE"}]}],
        "GlobalSecondaryIndexes":[{"IndexName":"global","Projection":{"ProjectionType":"ALL"},
            "KeySchema":[{"AttributeName":"b","KeyType":"HASH"},{"AttributeName":"n","KeyType":"RANGE"}]}],
        "StreamSpecification":{"StreamEnabled":true,"StreamViewType":"NEW_AND_OLD_IMAGES"},
        "Tags":[{"Key":"team","Value":"music"}]})");
    expect_ok(engine, "DynamoDB_20120810.CreateTable", R"({"TableName":"Plain",
        "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"B"}],
        "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],
        "ProvisionedThroughput":{"ReadCapacityUnits":1,"WriteCapacityUnits":1}})");
    expect_ok(engine, "DynamoDB_20120810.UpdateTimeToLive",
              R"({"TableName":"World","TimeToLiveSpecification":{"Enabled":true,"AttributeName":"ttl"}})");
    expect_ok(engine, "DynamoDB_20120810.PutItem", R"({"TableName":"World","Item":{"pk":{"S":"a"},"sk":{"N":"1"}}})");
    expect_ok(engine, "DynamoDB_20120810.PutItem", R"({"TableName":"World","Item":{"pk":{"S":"a"},"sk":{"N":"2"},
        "b":{"B":"AAE="},"n":{"N":"-1.5e-10"},"bool":{"BOOL":true},"null":{"NULL":true},"ss":{"SS":["x","y"]},
        "ns":{"NS":["1","2"]},"bs":{"BS":["AA=="]},"l":{"L":[{"S":"e"},{"M":{"k":{"N":"3"}}}]},
        "m":{"M":{"in":{"L":[{"N":"4"}]}}}}})");
}

/// The furnished world as stored bytes: restoring it is quicker than making it.
inline const std::string& furnished() {
    static const std::string bytes = [] {
        Engine engine;
        furnish(engine);
        return std::string(engine.drain_journal(true));
    }();
    return bytes;
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
