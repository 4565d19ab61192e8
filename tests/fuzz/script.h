// A script: requests, one on a line, run in order on one engine.
//
//   PutItem {"TableName":"World",…}     any operation of the table by its name; an unknown name is some operation
//   @5000                               the clock goes on by so many milliseconds
//
// "$Name" in a body is what the last answer that had a member Name said, so that what the engine hands out (iterators,
// tokens, start keys) can be sent back.
#pragma once

#include <algorithm>
#include <charconv>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "operations/operation.h"
#include "world.h"

namespace sortkey::fuzz {

class Script {
public:
    explicit Script(Engine& engine) : engine_(engine) {}

    void run(std::string_view text) {
        for (int lines = 0; !text.empty() && lines < kLinesMax; ++lines) {
            const size_t end = std::min(text.find('\n'), text.size());
            run_line(text.substr(0, end));
            text.remove_prefix(std::min(end + 1, text.size()));
        }
    }

private:
    static constexpr int kLinesMax = 40;
    static constexpr double kMillisMax = 1e9;  // 11 days: more would only be more sweeps

    void run_line(std::string_view line) {
        if (line.starts_with('@')) {
            double millis = 0;
            std::from_chars(line.data() + 1, line.data() + line.size(), millis);
            if (millis >= 0 && millis <= kMillisMax)
                engine_.advance(static_cast<double>(engine_.now_millis()) + millis);
            return;
        }
        const size_t space = std::min(line.find(' '), line.size());
        const Operation& operation = operation_of(line.substr(0, space));
        const std::string before = digest(engine_);
        const std::string body = filled_in(line.substr(std::min(space + 1, line.size())));
        const std::string answer = call(engine_, target_of(operation), body);
        remember(check_answer(answer));
        if (!succeeded(answer) && digest(engine_) != before) fail("a refused request changed something", line);
    }

    static const Operation& operation_of(std::string_view name) {
        const std::span<const Operation> all = all_operations();
        const auto found = std::find_if(all.begin(), all.end(), [&](const Operation& o) { return o.name == name; });
        if (found != all.end()) return *found;
        size_t sum = 0;
        for (const char c : name) sum = sum * 31 + static_cast<unsigned char>(c);
        return all[sum % all.size()];
    }

    std::string filled_in(std::string_view body) const {
        std::string out(body);
        for (const auto& [name, value] : known_) {
            const std::string mark = "\"$" + name + "\"";
            for (size_t at = out.find(mark); at != std::string::npos; at = out.find(mark, at + value.size()))
                out.replace(at, mark.size(), value);
        }
        return out;
    }

    void remember(const nlohmann::json& answer) {
        for (const auto& [name, value] : answer.items()) {
            if (kKept.find(" " + name + " ") != std::string_view::npos) known_[name] = value.dump();
            if (value.is_structured()) remember(value);
        }
    }

    static constexpr std::string_view kKept =
        " ShardIterator NextShardIterator NextToken LastEvaluatedKey LatestStreamArn StreamArn TableArn ShardId"
        " SequenceNumber RevisionId LastEvaluatedStreamArn LastEvaluatedTableName ";

    Engine& engine_;
    std::map<std::string, std::string> known_;
};

}  // namespace sortkey::fuzz
