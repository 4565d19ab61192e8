// Any bytes as the body of any operation: an answer of status 200 or 400, and a state that still digests.
// The first byte picks the operation.
#include <array>

#include "world.h"

namespace {

constexpr std::array kTargets = std::to_array<std::string_view>({
    "DynamoDB_20120810.CreateTable",
    "DynamoDB_20120810.UpdateTable",
    "DynamoDB_20120810.DescribeTable",
    "DynamoDB_20120810.ListTables",
    "DynamoDB_20120810.PutItem",
    "DynamoDB_20120810.GetItem",
    "DynamoDB_20120810.UpdateItem",
    "DynamoDB_20120810.DeleteItem",
    "DynamoDB_20120810.Query",
    "DynamoDB_20120810.Scan",
    "DynamoDB_20120810.BatchGetItem",
    "DynamoDB_20120810.BatchWriteItem",
    "DynamoDB_20120810.TransactGetItems",
    "DynamoDB_20120810.TransactWriteItems",
    "DynamoDB_20120810.TagResource",
    "DynamoDB_20120810.NoSuchOperation",
    "Sortkey_20261120.DescribePartitions",
    "Sortkey_20261120.DescribeCapacity",
});

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    if (size == 0) return 0;
    sortkey::Engine engine;
    sortkey::fuzz::furnish(engine);
    const std::string_view body(reinterpret_cast<const char*>(data) + 1, size - 1);
    sortkey::fuzz::check_answer(sortkey::fuzz::call(engine, kTargets[data[0] % kTargets.size()], body));
    sortkey::fuzz::check_answer(sortkey::fuzz::call(engine, "Sortkey_20261120.ExplainRequest", "{}"));
    sortkey::fuzz::check_answer(sortkey::fuzz::call(engine, "Sortkey_20261120.StateDigest", "{}"));
    return 0;
}
