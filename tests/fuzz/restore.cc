// Any bytes as a stored workspace: a report, never a crash; and what was read can be stored and read again, whole and
// the same. Half of the inputs are mutations of real frames, since checksums keep random bytes from getting far.
#include "world.h"

namespace {

std::string digest(sortkey::Engine& engine) {
    return std::string(sortkey::fuzz::call(engine, "Sortkey_20261120.StateDigest", "{}"));
}

/// A snapshot and the journal of two writes after it.
const std::string& real_frames() {
    static const std::string frames = [] {
        sortkey::Engine engine;
        sortkey::fuzz::furnish(engine);
        std::string bytes(engine.drain_journal(true));
        for (const char* item : {R"({"pk":{"S":"b"},"sk":{"N":"1"}})", R"({"pk":{"S":"b"},"sk":{"N":"2"}})"}) {
            sortkey::fuzz::call(engine, "DynamoDB_20120810.PutItem",
                                std::string(R"({"TableName":"Music","Item":)") + item + "}");
            bytes += engine.drain_journal(false);
        }
        return bytes;
    }();
    return frames;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    if (size == 0) return 0;
    std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    if (data[0] & 1) {
        // Pairs of bytes: where to change the real frames, and by what.
        std::string frames = real_frames();
        for (size_t i = 0; i + 2 < bytes.size(); i += 3) {
            const size_t at = (static_cast<unsigned char>(bytes[i]) << 8 | static_cast<unsigned char>(bytes[i + 1]));
            frames[at % frames.size()] ^= bytes[i + 2];
        }
        if (data[0] & 2) frames.resize(frames.size() * (data[0] >> 2) / 64);
        bytes = std::move(frames);
    }

    sortkey::Engine engine;
    const std::string report(engine.restore(bytes));
    if (!report.starts_with("{\"ok\":")) sortkey::fuzz::fail("restore() made no report", report);
    sortkey::fuzz::check_answer(sortkey::fuzz::call(engine, "Sortkey_20261120.DescribeWorld", "{}"));

    const std::string whole(engine.drain_journal(true));
    sortkey::Engine again;
    const std::string second(again.restore(whole));
    if (!second.starts_with("{\"ok\":true") || second.find("\"damage\":null") == std::string::npos) {
        sortkey::fuzz::fail("a snapshot was not read back", second);
    }
    if (digest(engine) != digest(again)) sortkey::fuzz::fail("a snapshot read back differently", report);
    return 0;
}
