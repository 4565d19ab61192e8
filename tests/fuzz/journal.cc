// Any bytes as a stored workspace: a report, never a crash; what was read still answers requests, can be stored and
// read again, whole and the same. Checksums keep random bytes from getting far, so the first character says how the
// rest is taken: 0 as it is, 1 as the payload of a frame, 2 as such a frame behind real ones, 3 as changes to real
// payloads, three bytes each: where (two bytes) and by what.
#include <vector>

#include "account/frames.h"
#include "script.h"
#include "sortkey/version.h"
#include "support/crc32.h"
#include "support/varint.h"

namespace {

using sortkey::fuzz::fail;

void append_frame(std::string& out, std::string_view payload) {
    out += "SKJ";
    out.push_back(static_cast<char>(sortkey::kJournalFormat));
    sortkey::append_u32(out, static_cast<uint32_t>(payload.size()));
    sortkey::append_u32(out, sortkey::crc32(payload));
    out += payload;
}

/// The payloads of a snapshot and of the journal after it: all kinds of records.
const std::vector<std::string>& real_payloads() {
    static const std::vector<std::string> payloads = [] {
        sortkey::Engine engine;
        sortkey::fuzz::furnish(engine);
        sortkey::fuzz::Script script(engine);
        script.run(R"(PutItem {"TableName":"World","Item":{"pk":{"S":"b"},"sk":{"N":"1"},"ttl":{"N":"1790000000"}}})");
        std::string bytes(engine.drain_journal(true));
        for (
            const char* line : {
                R"(PutItem {"TableName":"World","Item":{"pk":{"S":"b"},"sk":{"N":"2"},"b":{"B":"AA=="},"n":{"N":"1"}}})",
                R"(DeleteItem {"TableName":"World","Key":{"pk":{"S":"b"},"sk":{"N":"1"}}})",
                R"(TransactWriteItems {"ClientRequestToken":"t","TransactItems":[{"Put":{"TableName":"Plain","Item":{"id":{"B":"AA=="}}}}]})",
                R"(UpdateTable {"TableName":"World","DeletionProtectionEnabled":true})",
                R"(DeleteTable {"TableName":"Plain"})",
            }) {
            script.run(line);
            bytes += engine.drain_journal(false);
        }
        std::vector<std::string> all;
        size_t offset = 0;
        std::string_view payload;
        int version = 0;
        while (sortkey::read_frame(bytes, offset, payload, version) == sortkey::FrameFault::None)
            all.emplace_back(payload);
        return all;
    }();
    return payloads;
}

std::string changed_frames(std::string_view changes) {
    std::vector<std::string> payloads = real_payloads();
    size_t total = 0;
    for (const std::string& payload : payloads) total += payload.size();
    for (; changes.size() >= 3; changes.remove_prefix(3)) {
        size_t at =
            static_cast<size_t>(static_cast<unsigned char>(changes[0])) << 8 | static_cast<unsigned char>(changes[1]);
        at %= total;
        for (std::string& payload : payloads) {
            if (at < payload.size()) {
                payload[at] = static_cast<char>(payload[at] ^ changes[2]);
                break;
            }
            at -= payload.size();
        }
    }
    std::string bytes;
    for (const std::string& payload : payloads) append_frame(bytes, payload);
    return bytes;
}

std::string stored_bytes(std::string_view input) {
    const std::string_view rest = input.substr(1);
    std::string bytes;
    switch (input[0]) {
        case '1':
            append_frame(bytes, rest);
            return bytes;
        case '2':
            for (const std::string& payload : real_payloads()) append_frame(bytes, payload);
            append_frame(bytes, rest);
            return bytes;
        case '3':
            return changed_frames(rest);
        default:
            return std::string(rest);
    }
}

/// What a page would ask of a workspace that it has just opened.
void look_around(sortkey::Engine& engine) {
    using nlohmann::json;
    const auto ask = [&](std::string_view target, const json& body) {
        return sortkey::fuzz::check_answer(sortkey::fuzz::call(engine, target, body.dump()));
    };
    ask("Sortkey_20261120.DescribeWorld", json::object());
    const json names = ask("DynamoDB_20120810.ListTables", json::object())["TableNames"];
    for (const json& name : names) {
        const json table = {{"TableName", name}};
        for (const char* operation : {"DescribeTable", "Scan", "DescribeTimeToLive", "DescribeContinuousBackups"})
            ask("DynamoDB_20120810." + std::string(operation), table);
        for (const char* index : {"local", "global"})
            ask("DynamoDB_20120810.Scan", {{"TableName", name}, {"IndexName", index}});
        for (const char* operation : {"DescribePartitions", "DescribeCapacity"})
            ask("Sortkey_20261120." + std::string(operation), table);
        ask("DynamoDB_20120810.PutItem",
            {{"TableName", name}, {"Item", {{"pk", {{"S", "a"}}}, {"sk", {{"N", "1"}}}, {"n", {{"N", "1"}}}}}});
    }
    sortkey::fuzz::Script(engine).run(R"(ListStreams {}
DescribeStream {"StreamArn":"$StreamArn"}
GetShardIterator {"StreamArn":"$StreamArn","ShardId":"$ShardId","ShardIteratorType":"TRIM_HORIZON"}
GetRecords {"ShardIterator":"$ShardIterator"}
@900000000
GetRecords {"ShardIterator":"$NextShardIterator"})");
}

}  // namespace

FUZZ_TARGET(journal) {
    if (input.empty()) return;
    sortkey::Engine engine;
    const std::string report(engine.restore(stored_bytes(input)));
    if (!report.starts_with("{\"ok\":")) fail("restore() made no report", report);

    const std::string whole(engine.drain_journal(true));
    sortkey::Engine again;
    const std::string second(again.restore(whole));
    if (!second.starts_with("{\"ok\":true") || second.find("\"damage\":null") == std::string::npos)
        fail("a snapshot was not read back", second + sortkey::fuzz::quoted(whole));
    if (sortkey::fuzz::digest(engine) != sortkey::fuzz::digest(again)) fail("a snapshot read back differently", report);
    if (again.drain_journal(true) != whole) fail("a snapshot of a snapshot is not the same", report);
    look_around(engine);
}
