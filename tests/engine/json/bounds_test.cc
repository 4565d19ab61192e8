// What a request may make of the engine at most: no depth, no number of empty things and no echo is without bound.
#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "json/document.h"
#include "sortkey/engine.h"

namespace sortkey {
namespace {

std::string repeated(std::string_view text, size_t times) {
    std::string all;
    all.reserve(text.size() * times);
    for (size_t i = 0; i < times; ++i) all += text;
    return all;
}

std::string list_of(std::string_view element, size_t bytes) {
    std::string all = repeated(std::string(element) + ",", bytes / (element.size() + 1));
    all.pop_back();
    return "[" + all + "]";
}

TEST(Bounds, ADocumentIsAThousandLevelsDeepAtMost) {
    json::Document document;
    EXPECT_TRUE(document.parse(repeated("[", 1000) + repeated("]", 1000)));
    EXPECT_FALSE(document.parse(repeated("[", 1001) + repeated("]", 1001)));
    EXPECT_TRUE(document.too_deep());
    EXPECT_FALSE(document.parse("["));
    EXPECT_FALSE(document.too_deep());
}

// As deep as a document may be, wherever something deep can stand.
TEST(Bounds, DeepValuesAreRefusedByTheirNestingEverywhere) {
    Engine engine;
    for (const size_t levels : {33UL, 100UL, 490UL, 2000UL, 100'000UL}) {
        for (const char* open : {R"({"L":[)", R"({"M":{"a":)"}) {
            const std::string close = open[2] == 'L' ? "]}" : "}}";
            const std::string deep = repeated(open, levels) + R"({"S":"x"})" + repeated(close, levels);
            for (const std::string& request : {
                     std::string(R"(PutItem
{"TableName":"Music","Item":{"Artist":{"S":"a"},"deep":)") +
                         deep + "}}",
                     std::string(R"(UpdateItem
{"TableName":"Music","Key":{"Artist":{"S":"a"}},"UpdateExpression":"SET deep = :d","ExpressionAttributeValues":{":d":)") +
                         deep + "}}",
                     std::string(R"(BatchWriteItem
{"RequestItems":{"Music":[{"PutRequest":{"Item":{"Artist":{"S":"a"},"deep":)") +
                         deep + "}}}]}}",
                     std::string(R"(ExecuteStatement
{"Statement":"SELECT * FROM \"Music\" WHERE a = ?","Parameters":[)") +
                         deep + "]}",
                     std::string(R"(Query
{"TableName":"Music","KeyConditions":{"Artist":{"ComparisonOperator":"EQ","AttributeValueList":[)") +
                         deep + "]}}}",
                     std::string(R"(Scan
{"TableName":"Music","TotalSegments":)") +
                         deep + "}",
                     std::string(R"(TransactWriteItems
{"TransactItems":)") + deep +
                         "}",
                 }) {
                const std::string answer(engine.call("DynamoDB_20120810." + request));
                EXPECT_TRUE(answer.starts_with("400\n")) << answer.substr(0, 200);
                EXPECT_LT(answer.size(), 300'000U);
            }
            const std::string put(engine.call(R"(DynamoDB_20120810.PutItem
{"TableName":"Music","Item":{"Artist":{"S":"a"},"deep":)" +
                                              deep + "}}"));
            EXPECT_NE(put.find("Nesting Levels have exceeded supported limits"), std::string::npos)
                << levels << ": " << put.substr(0, 200);
        }
    }
}

TEST(Bounds, AnEchoIsAsLongAsAMessageCanHold) {
    Engine engine;
    constexpr size_t kBytes = 4'000'000;
    for (const std::string& request : {
             R"(TransactWriteItems
{"TransactItems":)" +
                 list_of("{}", kBytes) + "}",
             R"(TransactGetItems
{"TransactItems":)" +
                 list_of("{}", kBytes) + "}",
             R"(ExecuteTransaction
{"TransactStatements":)" +
                 list_of(R"({"Statement":""})", kBytes) + "}",
             R"(BatchExecuteStatement
{"Statements":)" +
                 list_of("{}", kBytes) + "}",
             R"(BatchWriteItem
{"RequestItems":{"Music":)" +
                 list_of("{}", kBytes) + "}}",
             R"(BatchGetItem
{"RequestItems":{"Music":{"Keys":)" +
                 list_of("{}", kBytes) + "}}}",
             R"(CreateTable
{"TableName":"Music","KeySchema":)" +
                 list_of("{}", kBytes) + "}",
             R"(PutItem
{"TableName":")" +
                 std::string(kBytes, '\x7f') + "\"}",
             R"(BatchWriteItem
{"RequestItems":{")" +
                 std::string(kBytes / 2, 'n') + R"(":)" + list_of("{}", kBytes / 2) + "}}",
             R"(PutItem
{"TableName":"Music","Item":{"Artist":{"SS":)" +
                 list_of(R"("\u0001")", kBytes) + "}}}",
         }) {
        const auto from = std::chrono::steady_clock::now();
        const std::string answer(engine.call("DynamoDB_20120810." + request));
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - from;
        EXPECT_TRUE(answer.starts_with("400\n"));
        EXPECT_LT(answer.size(), 2'000'000U) << answer.substr(0, 200);
        EXPECT_LT(took.count(), 60) << request.substr(0, 60);
    }
}

TEST(Bounds, AnEchoIsCutBetweenCharactersAndStillSaysWhatIsWrong) {
    Engine engine;
    const std::string answer(engine.call(R"(DynamoDB_20120810.ListTables
{"ExclusiveStartTableName":")" + repeated("ä", 200'000) +
                                         "\"}"));
    EXPECT_TRUE(answer.starts_with("400\n"));
    EXPECT_NE(answer.find("ä…' at 'exclusiveStartTableName' failed to satisfy constraint: "), std::string::npos)
        << answer.substr(answer.size() - 400);
}

TEST(Bounds, ARequestOverSixteenMegabytesIsRefusedUnread) {
    Engine engine;
    const std::string answer(engine.call("DynamoDB_20120810.ListTables\n{}" + std::string(16 << 20, ' ')));
    EXPECT_EQ(answer.substr(0, 4), "400\n");
    EXPECT_NE(answer.find("The request is larger than 16 MB"), std::string::npos) << answer;
    EXPECT_TRUE(
        engine.call("DynamoDB_20120810.ListTables\n{}" + std::string((16 << 20) - 2, ' ')).starts_with("200\n"));
}

}  // namespace
}  // namespace sortkey
