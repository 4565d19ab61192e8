// What requests cost and how that is derived, known beforehand (spec: capacity.md §1, §2).
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "engine/capacity/arithmetic.h"
#include "sortkey/engine.h"

namespace sortkey {
namespace {

using nlohmann::json;

/// An arm as "Table: <text>", followed by its parts if there are several, and its note if it has one.
std::vector<std::string> lines_of(const json& explanation) {
    std::vector<std::string> lines;
    for (const json& arm : explanation.at("Arms")) {
        lines.push_back(arm.at("Arm").get<std::string>() + ": " + arm.at("Text").get<std::string>());
        if (arm.at("Rounding") == "Each")
            for (const json& part : arm.at("Parts")) lines.push_back("  " + part.at("Text").get<std::string>());
        if (arm.contains("Note")) lines.push_back("  (" + arm.at("Note").get<std::string>().substr(0, 30) + ")");
    }
    return lines;
}

class KnownAnswers : public testing::Test {
protected:
    void SetUp() override {
        engine_.call("Sortkey_20261120.Configure\n{\"TableDelayMillis\":0}");
        create("Plain", {});
        create("Twice", {});
        json wide = {{"LocalSecondaryIndexes", json::array({index("byLength", "pk", "length", "KEYS_ONLY")})}};
        create("Local", wide, {"length"}, true);
        json global = {{"GlobalSecondaryIndexes",
                        json::array({index("byState", "state", "", "INCLUDE"), index("byOwner", "owner", "", "ALL")})}};
        global["GlobalSecondaryIndexes"][0]["Projection"]["NonKeyAttributes"] = {"total"};
        create("Global", global, {"state", "owner"});
    }

    static json index(const char* name, const char* hash, const std::string& range, const char* projection) {
        json keys = json::array({{{"AttributeName", hash}, {"KeyType", "HASH"}}});
        if (!range.empty()) keys.push_back({{"AttributeName", range}, {"KeyType", "RANGE"}});
        return {{"IndexName", name}, {"KeySchema", keys}, {"Projection", {{"ProjectionType", projection}}}};
    }

    void create(const char* name, json more, const std::vector<std::string>& texts = {}, bool sorted = false) {
        json definitions = json::array({{{"AttributeName", "pk"}, {"AttributeType", "S"}}});
        json keys = json::array({{{"AttributeName", "pk"}, {"KeyType", "HASH"}}});
        if (sorted) {
            definitions.push_back({{"AttributeName", "sk"}, {"AttributeType", "S"}});
            keys.push_back({{"AttributeName", "sk"}, {"KeyType", "RANGE"}});
        }
        for (const std::string& text : texts) definitions.push_back({{"AttributeName", text}, {"AttributeType", "S"}});
        more.update({{"TableName", name},
                     {"BillingMode", "PAY_PER_REQUEST"},
                     {"AttributeDefinitions", definitions},
                     {"KeySchema", keys}});
        must("CreateTable", more);
    }

    std::string call(const std::string& operation, json body) {
        return std::string(engine_.call("DynamoDB_20120810." + operation + "\n" + body.dump()));
    }
    void must(const std::string& operation, const json& body) {
        const std::string answer = call(operation, body);
        ASSERT_EQ(answer.substr(0, 4), "200\n") << operation << body << answer;
    }
    void put(const char* table, const json& item) { must("PutItem", {{"TableName", table}, {"Item", item}}); }

    /// Runs the request and says how its cost came about; the arithmetic must hold whatever it is.
    std::vector<std::string> cost(const std::string& operation, const json& body) {
        answer_ = call(operation, body);
        const std::string explained(engine_.call("Sortkey_20261120.ExplainRequest\n{}"));
        explanation_ = json::parse(explained.substr(4));
        arithmetic::check(explanation_);
        return lines_of(explanation_);
    }
    /// Total of ConsumedCapacity in the last answer.
    double answered() const {
        const json consumed = json::parse(answer_.substr(4)).at("ConsumedCapacity");
        if (consumed.is_object()) return consumed.at("CapacityUnits").get<double>();
        double total = 0;
        for (const json& one : consumed) total += one.at("CapacityUnits").get<double>();
        return total;
    }

    using Lines = std::vector<std::string>;
    Engine engine_;
    std::string answer_;
    json explanation_;
};

json text(const std::string& value) { return {{"S", value}}; }

/// An item {pk, d} of exactly `bytes`; the key has two letters.
json sized(const std::string& pk, size_t bytes) { return {{"pk", text(pk)}, {"d", text(std::string(bytes - 5, 'x'))}}; }
json key(const std::string& pk) { return {{"pk", text(pk)}}; }
std::string two_letters(int number) {
    return {static_cast<char>('a' + number / 26), static_cast<char>('a' + number % 26)};
}

// ---- reads

TEST_F(KnownAnswers, GetItem) {
    put("Plain", sized("aa", 4097));
    put("Plain", sized("bb", 4096));
    const auto get = [&](const char* pk, bool strong) {
        return cost("GetItem", {{"TableName", "Plain"}, {"Key", key(pk)}, {"ConsistentRead", strong}});
    };
    EXPECT_EQ(get("zz", false), Lines{"Table: 0 B → 1 block of 4 KB × ½ (eventually consistent read) = 0.5 RCU"});
    EXPECT_EQ(get("zz", true), Lines{"Table: 0 B → 1 block of 4 KB × 1 (strongly consistent read) = 1 RCU"});
    EXPECT_EQ(explanation_["Arms"][0]["Parts"][0]["Text"],
              "no such item: 0 B → 1 block of 4 KB × 1 (strongly consistent read) = 1 RCU");
    EXPECT_EQ(get("bb", true), Lines{"Table: 4,096 B → 1 block of 4 KB × 1 (strongly consistent read) = 1 RCU"});
    EXPECT_EQ(get("aa", false), Lines{"Table: 4,097 B → 2 blocks of 4 KB × ½ (eventually consistent read) = 1 RCU"});
    EXPECT_EQ(get("aa", true), Lines{"Table: 4,097 B → 2 blocks of 4 KB × 1 (strongly consistent read) = 2 RCU"});
    EXPECT_EQ(explanation_["Arms"][0]["Parts"][0]["Key"], key("aa"));
    EXPECT_EQ(explanation_["Arms"][0]["Rounding"], "Together");
}

TEST_F(KnownAnswers, BatchGetItemRoundsEachItem) {
    put("Plain", sized("aa", 52));
    put("Plain", sized("bb", 4100));
    put("Twice", sized("aa", 41));
    const auto batch = [&](const json& keys, bool strong) {
        return cost("BatchGetItem", {{"ReturnConsumedCapacity", "TOTAL"},
                                     {"RequestItems",
                                      {{"Plain", {{"Keys", keys}, {"ConsistentRead", strong}}},
                                       {"Twice", {{"Keys", json::array({key("aa")})}}}}}});
    };
    EXPECT_EQ(batch({key("aa"), key("zz")}, false),
              (Lines{"Table: (1 + 1) blocks of 4 KB × ½ (eventually consistent read) = 1 RCU",
                     "  item read: 52 B → 1 block of 4 KB × ½ (eventually consistent read) = 0.5 RCU",
                     "  no such item: 0 B → 1 block of 4 KB × ½ (eventually consistent read) = 0.5 RCU",
                     "Table: 41 B → 1 block of 4 KB × ½ (eventually consistent read) = 0.5 RCU"}));
    EXPECT_EQ(answered(), 1.5);
    EXPECT_EQ(batch({key("aa"), key("bb")}, true),
              (Lines{"Table: (1 + 2) blocks of 4 KB × 1 (strongly consistent read) = 3 RCU",
                     "  item read: 52 B → 1 block of 4 KB × 1 (strongly consistent read) = 1 RCU",
                     "  item read: 4,100 B → 2 blocks of 4 KB × 1 (strongly consistent read) = 2 RCU",
                     "Table: 41 B → 1 block of 4 KB × ½ (eventually consistent read) = 0.5 RCU"}));
}

TEST_F(KnownAnswers, AHundredItemsByQueryAndByBatch) {
    json keys = json::array();
    for (int i = 0; i < 100; ++i) {
        const std::string sk = two_letters(i);
        put("Local", {{"pk", text("p")}, {"sk", text(sk)}, {"d", text(std::string(492, 'x'))}});
        keys.push_back({{"pk", text("p")}, {"sk", text(sk)}});
    }
    const json query = {{"TableName", "Local"},
                        {"KeyConditionExpression", "pk = :p"},
                        {"ExpressionAttributeValues", {{":p", text("p")}}}};
    const Lines together{"Table: 50,000 B → 13 blocks of 4 KB × ½ (eventually consistent read) = 6.5 RCU"};
    EXPECT_EQ(cost("Query", query), together);
    EXPECT_EQ(explanation_["Arms"][0]["Rounding"], "Together");
    EXPECT_EQ(explanation_["Arms"][0]["Parts"][0]["Text"],
              "rows, added up first: 50,000 B → 13 blocks of 4 KB × ½ (eventually consistent read) = 6.5 RCU");
    json filtered = query;
    filtered["FilterExpression"] = "attribute_not_exists(d)";
    EXPECT_EQ(cost("Query", filtered), together) << "a filter changes nothing";
    json counted = query;
    counted["Select"] = "COUNT";
    EXPECT_EQ(cost("Query", counted), together) << "counting changes nothing";
    json projected = query;
    projected["ProjectionExpression"] = "sk";
    EXPECT_EQ(cost("Query", projected), together) << "a projection changes nothing";
    json page = query;
    page["Limit"] = 10;
    EXPECT_EQ(cost("Query", page), Lines{"Table: 5,000 B → 2 blocks of 4 KB × ½ (eventually consistent read) = 1 RCU"});

    const Lines each =
        cost("BatchGetItem", {{"ReturnConsumedCapacity", "TOTAL"}, {"RequestItems", {{"Local", {{"Keys", keys}}}}}});
    EXPECT_EQ(each.size(), 101u);
    EXPECT_EQ(each[0],
              "Table: 100 blocks of 4 KB (100 items, each rounded up) × ½ (eventually consistent read) = 50 RCU");
    EXPECT_EQ(each[1], "  item read: 500 B → 1 block of 4 KB × ½ (eventually consistent read) = 0.5 RCU");
    EXPECT_EQ(answered(), 50);
}

TEST_F(KnownAnswers, NothingFound) {
    const json query = {{"TableName", "Local"},
                        {"KeyConditionExpression", "pk = :p"},
                        {"ExpressionAttributeValues", {{":p", text("p")}}}};
    EXPECT_EQ(cost("Query", query), Lines{"Table: 0 B → 1 block of 4 KB × ½ (eventually consistent read) = 0.5 RCU"});
    EXPECT_EQ(cost("Scan", {{"TableName", "Plain"}, {"ConsistentRead", true}}),
              (Lines{"Table: 0 B → 1 block of 4 KB × 1 (strongly consistent read) = 1 RCU",
                     "  (A model in one point: Sortkey )"}));
    must("UpdateTable", {{"TableName", "Plain"},
                         {"BillingMode", "PROVISIONED"},
                         {"ProvisionedThroughput", {{"ReadCapacityUnits", 5}, {"WriteCapacityUnits", 5}}}});
    EXPECT_EQ(cost("Scan", {{"TableName", "Plain"}}),
              Lines{"Table: 0 B → 1 block of 4 KB × ½ (eventually consistent read) = 0.5 RCU"})
        << "one partition, nothing to say";
}

TEST_F(KnownAnswers, ALargeScanNeedsNoNote) {
    for (int i = 0; i < 4; ++i) put("Plain", sized(two_letters(i), 4000));
    EXPECT_EQ(cost("Scan", {{"TableName", "Plain"}}),
              Lines{"Table: 16,000 B → 4 blocks of 4 KB × ½ (eventually consistent read) = 2 RCU"});
}

TEST_F(KnownAnswers, LocalIndexWithAttributesFromTheTable) {
    const auto rows_of = [&](const char* pk, size_t bytes) {
        for (int i = 0; i < 3; ++i)
            put("Local", {{"pk", text(pk)},
                          {"sk", text(two_letters(i))},
                          {"length", text("l")},
                          {"d", text(std::string(bytes, 'x'))}});
    };
    rows_of("s", 1000);
    rows_of("b", 9 * 1024);
    const auto query = [&](const char* pk, bool strong) {
        return cost("Query", {{"TableName", "Local"},
                              {"IndexName", "byLength"},
                              {"Select", "ALL_ATTRIBUTES"},
                              {"ConsistentRead", strong},
                              {"KeyConditionExpression", "pk = :p"},
                              {"ExpressionAttributeValues", {{":p", text(pk)}}},
                              {"ReturnConsumedCapacity", "TOTAL"}});
    };
    const std::string item = "  item read: 1,015 B → 1 block of 4 KB × ½ (eventually consistent read) = 0.5 RCU";
    EXPECT_EQ(query("s", false),
              (Lines{"Table: (1 + 1 + 1) blocks of 4 KB × ½ (eventually consistent read) = 1.5 RCU", item, item, item,
                     "byLength: 42 B → 1 block of 4 KB × ½ (eventually consistent read) = 0.5 RCU"}));
    EXPECT_EQ(answered(), 2);
    EXPECT_EQ(query("b", false)[0], "Table: (3 + 3 + 3) blocks of 4 KB × ½ (eventually consistent read) = 4.5 RCU");
    EXPECT_EQ(query("b", true)[0], "Table: (3 + 3 + 3) blocks of 4 KB × 1 (strongly consistent read) = 9 RCU");
    EXPECT_EQ(answered(), 10);
}

TEST_F(KnownAnswers, MoreFetchedItemsThanAreListed) {
    for (int i = 0; i < 120; ++i)
        put("Local", {{"pk", text("p")}, {"sk", text(two_letters(i))}, {"length", text("l")}});
    const Lines lines = cost("Query", {{"TableName", "Local"},
                                       {"IndexName", "byLength"},
                                       {"Select", "ALL_ATTRIBUTES"},
                                       {"KeyConditionExpression", "pk = :p"},
                                       {"ExpressionAttributeValues", {{":p", text("p")}}}});
    EXPECT_EQ(lines[0],
              "Table: 120 blocks of 4 KB (120 items, each rounded up) × ½ (eventually consistent read) = 60 RCU");
    EXPECT_EQ(explanation_["Arms"][0]["Parts"].size(), 100u);
    EXPECT_EQ(explanation_["Arms"][0]["PartsLeftOut"], 20);
}

TEST_F(KnownAnswers, TransactGetItems) {
    put("Plain", sized("aa", 7 * 1024));
    EXPECT_EQ(cost("TransactGetItems", {{"ReturnConsumedCapacity", "TOTAL"},
                                        {"TransactItems",
                                         {{{"Get", {{"TableName", "Plain"}, {"Key", key("aa")}}}},
                                          {{"Get", {{"TableName", "Plain"}, {"Key", key("zz")}}}}}}}),
              (Lines{"Table: (2 + 1) blocks of 4 KB × 2 (transactional read) = 6 RCU",
                     "  item read: 7,168 B → 2 blocks of 4 KB × 2 (transactional read) = 4 RCU",
                     "  no such item: 0 B → 1 block of 4 KB × 2 (transactional read) = 2 RCU"}));
    EXPECT_EQ(answered(), 6);
}

// ---- writes

TEST_F(KnownAnswers, PutUpdateDelete) {
    const auto puts = [&](size_t bytes) {
        return cost("PutItem", {{"TableName", "Plain"}, {"Item", sized("aa", bytes)}});
    };
    const auto part = [&] { return explanation_["Arms"][0]["Parts"][0]["Text"].get<std::string>(); };
    EXPECT_EQ(puts(300), Lines{"Table: 300 B → 1 block of 1 KB = 1 WCU"});
    EXPECT_EQ(part(), "item written: 300 B → 1 block of 1 KB = 1 WCU");
    EXPECT_EQ(puts(1025), Lines{"Table: 1,025 B → 2 blocks of 1 KB = 2 WCU"});
    EXPECT_EQ(part(), "item written, the larger of 300 B before and 1,025 B after: 1,025 B → 2 blocks of 1 KB = 2 WCU");
    EXPECT_EQ(puts(1025), Lines{"Table: 1,025 B → 2 blocks of 1 KB = 2 WCU"}) << "an identical overwrite still costs";
    EXPECT_EQ(puts(300), Lines{"Table: 1,025 B → 2 blocks of 1 KB = 2 WCU"}) << "the larger of both";
    EXPECT_EQ(cost("UpdateItem", {{"TableName", "Plain"},
                                  {"Key", key("aa")},
                                  {"UpdateExpression", "SET n = :n"},
                                  {"ExpressionAttributeValues", {{":n", text("1")}}}}),
              Lines{"Table: 302 B → 1 block of 1 KB = 1 WCU"});
    EXPECT_EQ(part(), "item written, the larger of 300 B before and 302 B after: 302 B → 1 block of 1 KB = 1 WCU");
    const json remove = {{"TableName", "Plain"}, {"Key", key("aa")}};
    EXPECT_EQ(cost("DeleteItem", remove), Lines{"Table: 302 B → 1 block of 1 KB = 1 WCU"});
    EXPECT_EQ(part(), "item deleted: 302 B → 1 block of 1 KB = 1 WCU");
    EXPECT_EQ(explanation_["Arms"][0]["Parts"][0]["Key"], key("aa"));
    EXPECT_EQ(cost("DeleteItem", remove), Lines{"Table: 0 B → 1 block of 1 KB = 1 WCU"});
    EXPECT_EQ(part(), "no such item: 0 B → 1 block of 1 KB = 1 WCU");
}

TEST_F(KnownAnswers, ConditionsThatFail) {
    put("Plain", sized("aa", 1500));
    const json never = "attribute_exists(nothing)";
    EXPECT_EQ(cost("PutItem", {{"TableName", "Plain"}, {"Item", sized("aa", 3000)}, {"ConditionExpression", never}}),
              (Lines{"Table: 3,000 B → 3 blocks of 1 KB = 3 WCU", "  (A failed condition is paid for)"}));
    EXPECT_EQ(explanation_["Arms"][0]["Parts"][0]["Text"],
              "condition not met, the larger of 1,500 B before and 3,000 B after: 3,000 B → 3 blocks of 1 KB = 3 WCU");
    EXPECT_EQ(cost("DeleteItem", {{"TableName", "Plain"}, {"Key", key("aa")}, {"ConditionExpression", never}}),
              (Lines{"Table: 1,500 B → 2 blocks of 1 KB = 2 WCU", "  (A failed condition is paid for)"}));
    EXPECT_EQ(cost("DeleteItem", {{"TableName", "Plain"}, {"Key", key("zz")}, {"ConditionExpression", never}}),
              (Lines{"Table: 0 B → 1 block of 1 KB = 1 WCU", "  (A failed condition is paid for)"}));
}

TEST_F(KnownAnswers, IndexEntries) {
    const auto order = [](const char* state, const char* owner, const char* total) {
        return json{{"pk", text("aa")},
                    {"state", text(state)},
                    {"owner", text(owner)},
                    {"total", text(total)},
                    {"d", text(std::string(1000, 'x'))}};
    };
    const auto puts = [&](const json& item) {
        return cost("PutItem", {{"TableName", "Global"}, {"Item", item}, {"ReturnConsumedCapacity", "TOTAL"}});
    };
    EXPECT_EQ(puts(order("new", "me", "1")),
              (Lines{"Table: 1,026 B → 2 blocks of 1 KB = 2 WCU", "byState: 18 B → 1 block of 1 KB = 1 WCU",
                     "byOwner: 1,026 B → 2 blocks of 1 KB = 2 WCU"}));
    EXPECT_EQ(explanation_["Arms"][1]["Parts"][0]["Text"], "new entry written: 18 B → 1 block of 1 KB = 1 WCU");
    EXPECT_EQ(answered(), 5);
    EXPECT_EQ(puts(order("new", "me", "1")), Lines{"Table: 1,026 B → 2 blocks of 1 KB = 2 WCU"})
        << "the same again: no index changes";
    EXPECT_EQ(
        puts(order("shipped", "me", "1")),
        (Lines{"Table: 1,030 B → 2 blocks of 1 KB = 2 WCU", "byState: (1 + 1) blocks of 1 KB = 2 WCU",
               "  old entry removed: 18 B → 1 block of 1 KB = 1 WCU",
               "  new entry written: 22 B → 1 block of 1 KB = 1 WCU", "byOwner: 1,030 B → 2 blocks of 1 KB = 2 WCU"}));
    EXPECT_EQ(answered(), 6);
    EXPECT_EQ(explanation_["Arms"][2]["Parts"][0]["Text"],
              "entry changed in place, the larger of 1,026 B before and 1,030 B after: 1,030 B → 2 blocks of 1 KB = 2 "
              "WCU");
    json less = order("shipped", "me", "12");
    EXPECT_EQ(puts(less)[1], "byState: 23 B → 1 block of 1 KB = 1 WCU") << "a projected attribute differs";
    less.erase("state");
    EXPECT_EQ(puts(less)[1], "byState: 23 B → 1 block of 1 KB = 1 WCU");
    EXPECT_EQ(explanation_["Arms"][1]["Parts"][0]["Text"], "old entry removed: 23 B → 1 block of 1 KB = 1 WCU");
    EXPECT_EQ(cost("DeleteItem", {{"TableName", "Global"}, {"Key", key("aa")}}),
              (Lines{"Table: 1,019 B → 1 block of 1 KB = 1 WCU", "byOwner: 1,019 B → 1 block of 1 KB = 1 WCU"}));
}

TEST_F(KnownAnswers, BatchWriteItem) {
    put("Plain", sized("cc", 2000));
    EXPECT_EQ(
        cost("BatchWriteItem", {{"ReturnConsumedCapacity", "TOTAL"},
                                {"RequestItems",
                                 {{"Plain",
                                   {{{"PutRequest", {{"Item", sized("aa", 52)}}}},
                                    {{"PutRequest", {{"Item", sized("bb", 41)}}}},
                                    {{"DeleteRequest", {{"Key", key("cc")}}}},
                                    {{"DeleteRequest", {{"Key", key("zz")}}}}}}}}}),
        (Lines{"Table: (1 + 1 + 2 + 1) blocks of 1 KB = 5 WCU", "  item written: 52 B → 1 block of 1 KB = 1 WCU",
               "  item written: 41 B → 1 block of 1 KB = 1 WCU", "  item deleted: 2,000 B → 2 blocks of 1 KB = 2 WCU",
               "  no such item: 0 B → 1 block of 1 KB = 1 WCU"}));
    EXPECT_EQ(answered(), 5);
}

TEST_F(KnownAnswers, TransactWriteItems) {
    put("Plain", sized("cc", 1500));
    put("Global", {{"pk", text("aa")}, {"state", text("new")}});
    const json items = {
        {{"Put", {{"TableName", "Plain"}, {"Item", sized("aa", 34)}}}},
        {{"ConditionCheck",
          {{"TableName", "Plain"}, {"Key", key("cc")}, {"ConditionExpression", "attribute_exists(pk)"}}}},
        {{"ConditionCheck",
          {{"TableName", "Plain"}, {"Key", key("dd")}, {"ConditionExpression", "attribute_not_exists(pk)"}}}},
        {{"Update",
          {{"TableName", "Global"},
           {"Key", key("aa")},
           {"UpdateExpression", "SET #s = :s"},
           {"ExpressionAttributeNames", {{"#s", "state"}}},
           {"ExpressionAttributeValues", {{":s", text("paid")}}}}}}};
    const json request = {
        {"ClientRequestToken", "once"}, {"TransactItems", items}, {"ReturnConsumedCapacity", "TOTAL"}};
    EXPECT_EQ(cost("TransactWriteItems", request),
              (Lines{"Table: (1 + 2 + 1) blocks of 1 KB × 2 (transactional write) = 8 WCU",
                     "  item written: 34 B → 1 block of 1 KB × 2 (transactional write) = 2 WCU",
                     "  item checked: 1,500 B → 2 blocks of 1 KB × 2 (transactional write) = 4 WCU",
                     "  no such item: 0 B → 1 block of 1 KB × 2 (transactional write) = 2 WCU",
                     "Table: 13 B → 1 block of 1 KB × 2 (transactional write) = 2 WCU",
                     "byState: (1 + 1) blocks of 1 KB = 2 WCU", "  old entry removed: 12 B → 1 block of 1 KB = 1 WCU",
                     "  new entry written: 13 B → 1 block of 1 KB = 1 WCU"}))
        << "entries of an index are not doubled";
    EXPECT_EQ(answered(), 12);
    EXPECT_EQ(
        cost("TransactWriteItems", request),
        (Lines{"Table: 3 blocks of 4 KB (3 items, each rounded up) × 2 (transactional read) = 6 RCU",
               "  read again, not written twice: 3 blocks of 4 KB (3 items, each rounded up) × 2 (transactional "
               "read) = 6 RCU",
               "  (The client token was used befo)", "Table: 13 B → 1 block of 4 KB × 2 (transactional read) = 2 RCU",
               "  (The client token was used befo)"}));
    EXPECT_EQ(answered(), 8);
}

TEST_F(KnownAnswers, CancelledTransaction) {
    put("Plain", sized("bb", 1500));
    const json items = {
        {{"Put", {{"TableName", "Plain"}, {"Item", sized("aa", 34)}}}},
        {{"Delete",
          {{"TableName", "Plain"}, {"Key", key("bb")}, {"ConditionExpression", "attribute_not_exists(pk)"}}}}};
    EXPECT_EQ(cost("TransactWriteItems", {{"TransactItems", items}}),
              (Lines{"Table: (1 + 2) blocks of 1 KB × 1 (cancelled) = 3 WCU",
                     "  prepared, then cancelled: 34 B → 1 block of 1 KB × 1 (cancelled) = 1 WCU",
                     "  prepared, then cancelled: 1,500 B → 2 blocks of 1 KB × 1 (cancelled) = 2 WCU",
                     "  (A model: the service does not )"}));
    EXPECT_EQ(explanation_["Error"]["Name"], "TransactionCanceledException");
}

// ---- PartiQL

TEST_F(KnownAnswers, Statements) {
    put("Plain", sized("aa", 52));
    put("Plain", sized("bb", 41));
    const auto statement = [&](const char* what) {
        return cost("ExecuteStatement", {{"Statement", what}, {"ReturnConsumedCapacity", "TOTAL"}});
    };
    EXPECT_EQ(statement("SELECT * FROM Plain WHERE pk = 'aa'"),
              Lines{"Table: 52 B → 1 block of 4 KB × ½ (eventually consistent read) = 0.5 RCU"});
    const std::string rows = "  rows, added up first: ";
    const std::string half = " B → 1 block of 4 KB × ½ (eventually consistent read) = 0.5 RCU";
    EXPECT_EQ(statement("SELECT * FROM Plain WHERE pk IN ['aa','bb','zz']"),
              (Lines{"Table: (1 + 1 + 1) blocks of 4 KB × ½ (eventually consistent read) = 1.5 RCU", rows + "52" + half,
                     rows + "41" + half, rows + "0" + half}))
        << "every partition key is a Query of its own";
    EXPECT_EQ(answered(), 1.5);
    EXPECT_EQ(statement("INSERT INTO Plain VALUE {'pk':'cc'}"), Lines{"Table: 4 B → 1 block of 1 KB = 1 WCU"});
    EXPECT_EQ(statement("INSERT INTO Plain VALUE {'pk':'cc'}"),
              (Lines{"Table: 4 B → 1 block of 1 KB = 1 WCU", "  (A failed condition is paid for)"}));
    EXPECT_EQ(statement("UPDATE Plain SET n = 1 WHERE pk = 'cc'"), Lines{"Table: 7 B → 1 block of 1 KB = 1 WCU"});
    EXPECT_EQ(statement("DELETE FROM Plain WHERE pk = 'cc'"), Lines{"Table: 7 B → 1 block of 1 KB = 1 WCU"});
}

TEST_F(KnownAnswers, BatchesOfStatements) {
    put("Plain", sized("aa", 52));
    const auto batch = [&](const std::vector<const char*>& statements) {
        json list = json::array();
        for (const char* statement : statements) list.push_back({{"Statement", statement}});
        return cost("BatchExecuteStatement", {{"Statements", list}, {"ReturnConsumedCapacity", "TOTAL"}});
    };
    EXPECT_EQ(batch({"SELECT * FROM Plain WHERE pk = 'aa'", "SELECT * FROM Plain WHERE pk = 'zz'"}),
              (Lines{"Table: (1 + 1) blocks of 4 KB × ½ (eventually consistent read) = 1 RCU",
                     "  item read: 52 B → 1 block of 4 KB × ½ (eventually consistent read) = 0.5 RCU",
                     "  no such item: 0 B → 1 block of 4 KB × ½ (eventually consistent read) = 0.5 RCU"}));
    EXPECT_EQ(batch({"INSERT INTO Plain VALUE {'pk':'bb'}", "INSERT INTO Plain VALUE {'pk':'aa'}"}),
              (Lines{"Table: 4 B → 1 block of 1 KB = 1 WCU", "Table: 52 B → 1 block of 1 KB = 1 WCU",
                     "  (A failed statement of a batch )"}));
    EXPECT_EQ(answered(), 2);
}

TEST_F(KnownAnswers, TransactionsOfStatements) {
    put("Plain", sized("aa", 52));
    const auto transaction = [&](const std::vector<const char*>& statements) {
        json list = json::array();
        for (const char* statement : statements) list.push_back({{"Statement", statement}});
        return cost("ExecuteTransaction", {{"TransactStatements", list}});
    };
    EXPECT_EQ(transaction({"SELECT * FROM Plain WHERE pk = 'aa'", "SELECT * FROM Plain WHERE pk = 'zz'"}),
              (Lines{"Table: (1 + 1) blocks of 4 KB × 2 (transactional read) = 4 RCU",
                     "  item read: 52 B → 1 block of 4 KB × 2 (transactional read) = 2 RCU",
                     "  no such item: 0 B → 1 block of 4 KB × 2 (transactional read) = 2 RCU"}));
    EXPECT_EQ(transaction({"INSERT INTO Plain VALUE {'pk':'bb'}", "DELETE FROM Plain WHERE pk = 'aa'"}),
              (Lines{"Table: (1 + 1) blocks of 1 KB × 2 (transactional write) = 4 WCU",
                     "  item written: 4 B → 1 block of 1 KB × 2 (transactional write) = 2 WCU",
                     "  item deleted: 52 B → 1 block of 1 KB × 2 (transactional write) = 2 WCU"}));
    EXPECT_EQ(transaction({"INSERT INTO Plain VALUE {'pk':'cc'}", "INSERT INTO Plain VALUE {'pk':'bb'}"})[0],
              "Table: (1 + 1) blocks of 1 KB × 1 (cancelled) = 2 WCU");
}

TEST_F(KnownAnswers, WhatExpiresIsFree) {
    must("UpdateTimeToLive",
         {{"TableName", "Plain"}, {"TimeToLiveSpecification", {{"AttributeName", "until"}, {"Enabled", true}}}});
    put("Plain", {{"pk", text("aa")}, {"until", {{"N", std::to_string(engine_.now_millis() / 1000 + 60)}}}});
    const auto meters = [&] { return std::string(engine_.call("Sortkey_20261120.DescribeCapacity\n{\"Seconds\":1}")); };
    const json before = json::parse(meters().substr(4));
    engine_.advance(static_cast<double>(engine_.now_millis() + 5 * 86'400'000LL));
    EXPECT_EQ(cost("GetItem", {{"TableName", "Plain"}, {"Key", key("aa")}})[0],
              "Table: 0 B → 1 block of 4 KB × ½ (eventually consistent read) = 0.5 RCU")
        << "it is gone";
    const json after = json::parse(meters().substr(4));
    for (size_t i = 0; i < before["Tables"].size(); ++i)
        EXPECT_EQ(before["Tables"][i]["ConsumedWriteUnits"], after["Tables"][i]["ConsumedWriteUnits"]);
}

TEST_F(KnownAnswers, RefusedRequestsCostNothing) {
    EXPECT_EQ(cost("PutItem", {{"TableName", "Plain"}, {"Item", {{"other", text("x")}}}}), Lines{});
    EXPECT_EQ(cost("GetItem", {{"TableName", "Nope"}, {"Key", key("aa")}}), Lines{});
}

}  // namespace
}  // namespace sortkey
