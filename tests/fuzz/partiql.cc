// Any text as a PartiQL statement: an answer of status 200 or 400 that is JSON; refused, it changes nothing; a SELECT
// in pages of one row shows what it shows at once; and alone, in a batch and in a transaction it writes the same. The
// first character is the number of parameters, 0 to 3.
#include "world.h"

namespace {

using nlohmann::json;
using sortkey::fuzz::check_answer;
using sortkey::fuzz::fail;

/// One way of running the statement, always on the same world.
struct Run {
    json answer;
    bool succeeded;
    bool changed;
    std::string after;  // digest

    Run(sortkey::Engine& engine, std::string_view operation, const std::string& body) {
        static const std::string before = (engine.restore(sortkey::fuzz::furnished()), sortkey::fuzz::digest(engine));
        const std::string text = sortkey::fuzz::call(engine, "DynamoDB_20120810." + std::string(operation), body);
        answer = check_answer(text);
        succeeded = sortkey::fuzz::succeeded(text);
        after = sortkey::fuzz::digest(engine);
        changed = after != before;
        if (!changed) return;
        if (!succeeded) fail("a refused statement changed something", body);
        engine.restore(sortkey::fuzz::furnished());
    }
};

void check_pages(sortkey::Engine& engine, const json& whole, const std::string& members) {
    constexpr int kPagesMax = 20;
    json items = json::array();
    std::string token;
    for (int page = 0; page < kPagesMax; ++page) {
        const std::string body = "{" + members + R"(,"Limit":1)" + token + "}";
        const json answer = check_answer(sortkey::fuzz::call(engine, "DynamoDB_20120810.ExecuteStatement", body));
        if (!answer.contains("Items")) fail("a page was refused", body + answer.dump());
        for (const json& item : answer["Items"]) items.push_back(item);
        if (!answer.contains("NextToken")) {
            if (items != whole) fail("pages differ from the whole", body + items.dump());
            return;
        }
        token = R"(,"NextToken":)" + answer["NextToken"].dump();
    }
    fail("pages without end", members);
}

}  // namespace

FUZZ_TARGET(partiql) {
    constexpr std::string_view kParameters[] = {
        "", R"(,"Parameters":[{"S":"a"}])", R"(,"Parameters":[{"S":"a"},{"N":"2"}])",
        R"(,"Parameters":[{"S":"a"},{"N":"2"},{"L":[{"SS":["x"]},{"NULL":true}]}])"};
    if (input.empty()) return;
    const std::string members = R"("Statement":)" + sortkey::fuzz::quoted(input.substr(1)) +
                                std::string(kParameters[static_cast<unsigned char>(input[0] - '0') % 4]);

    static sortkey::Engine engine;
    const Run alone(engine, "ExecuteStatement", "{" + members + "}");
    const Run batch(engine, "BatchExecuteStatement", R"({"Statements":[{)" + members + "}]}");
    const Run transaction(engine, "ExecuteTransaction", R"({"TransactStatements":[{)" + members + "}]}");
    if (alone.changed != batch.changed) fail("alone and in a batch it does not do the same", members);
    // A transaction may refuse more, and nothing else.
    if (transaction.changed && !alone.changed) fail("only in a transaction does it write", members);
    for (const Run* other : {&batch, &transaction})
        if (other->changed && other->after != alone.after) fail("the same statement writes differently", members);
    const bool selects = alone.succeeded && !alone.changed && !alone.answer["Items"].empty();
    if (selects && !alone.answer.contains("NextToken")) check_pages(engine, alone.answer["Items"], members);
}
