// Client tokens outlive a reload, and do not pile up.
#include <gtest/gtest.h>

#include <string>

#include "catalog/idempotency.h"
#include "json/document.h"
#include "sortkey/engine.h"

namespace sortkey {
namespace {

constexpr std::string_view kCreate =
    R"(DynamoDB_20120810.CreateTable)"
    "\n"
    R"({"TableName":"Tab","BillingMode":"PAY_PER_REQUEST","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],)"
    R"("AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}]})";

std::string increment(const std::string& token) {
    return "DynamoDB_20120810.TransactWriteItems\n{\"ClientRequestToken\":\"" + token +
           R"(","TransactItems":[{"Update":{"TableName":"Tab","Key":{"pk":{"S":"a"}},"UpdateExpression":"ADD n :n",)"
           R"("ExpressionAttributeValues":{":n":{"N":"1"}}}}]})";
}

TEST(IdempotencyTokens, AreStoredInTheJournal) {
    Engine first;
    first.call("Sortkey_20261120.Configure\n{\"TableDelayMillis\":0}");
    first.call(kCreate);
    std::string stored(first.drain_journal(true));
    EXPECT_EQ(first.call(increment("t")), "200\n{}");
    stored += first.drain_journal(false);

    Engine second;
    second.restore(stored);
    EXPECT_EQ(second.call(increment("t")), "200\n{}");
    EXPECT_EQ(second.call("DynamoDB_20120810.GetItem\n{\"TableName\":\"Tab\",\"Key\":{\"pk\":{\"S\":\"a\"}}}"),
              R"(200
{"Item":{"n":{"N":"1"},"pk":{"S":"a"}}})");
    second.advance(static_cast<double>(second.now_millis() + 600'000));
    EXPECT_EQ(second.call(increment("t")), "200\n{}");
    EXPECT_EQ(second.call("DynamoDB_20120810.GetItem\n{\"TableName\":\"Tab\",\"Key\":{\"pk\":{\"S\":\"a\"}}}"),
              R"(200
{"Item":{"n":{"N":"2"},"pk":{"S":"a"}}})");
}

TEST(IdempotencyTokens, TheOldestIsForgottenWhenThereAreTooMany) {
    IdempotencyTokens tokens;
    for (size_t i = 0; i <= IdempotencyTokens::kTokensMax; ++i)
        tokens.remember("Op", std::to_string(i), {"f", IdempotencyTokens::kLifetimeMicros, {}}, 0);
    EXPECT_EQ(tokens.find("Op", "0", 0), nullptr);
    EXPECT_NE(tokens.find("Op", "1", 0), nullptr);
    EXPECT_EQ(tokens.find("Other", "1", 0), nullptr) << "each operation has its own";
    EXPECT_EQ(tokens.find("Op", "1", IdempotencyTokens::kLifetimeMicros), nullptr);
}

TEST(IdempotencyTokens, ReadLeavesOutWhatItDoesNotKnow) {
    json::Document document;
    ASSERT_TRUE(document.parse(
        R"([1,{"token":5},{"token":"Op a","fingerprint":"f","expires":9,"rereads":[2,{"table":3,"bytes":1,"blocks":1,"items":1}]},)"
        R"({"token":"Op a","fingerprint":"g","expires":9}])"));
    IdempotencyTokens tokens;
    tokens.read(document.root());
    const IdempotencyTokens::Use* use = tokens.find("Op", "a", 0);
    ASSERT_NE(use, nullptr);
    EXPECT_EQ(use->fingerprint, "f");
    ASSERT_EQ(use->rereads.size(), 1u);
    std::string json;
    tokens.write(json, 0);
    EXPECT_EQ(
        json,
        R"([{"token":"Op a","fingerprint":"f","expires":9,"rereads":[{"table":3,"bytes":1,"blocks":1,"items":1}]}])");
    json.clear();
    tokens.write(json, 9);
    EXPECT_EQ(json, "[]");
}

}  // namespace
}  // namespace sortkey
