// The engine on stdin and stdout: for reproducing reports, making golden files, and comparing builds byte by byte.
//
//   echo 'DynamoDB_20120810.ListTables {}' | sortkey_cli
//   200 {"TableNames":[]}
//
// A line is "<target>[ key=value]* <JSON>", "advance <milliseconds>" (a relative step), or a comment that begins with
// #. Each answer is one line.
//
// With --framed, bodies may hold any bytes. Commands, one a line: "new" (an empty engine, no answer), "call <bytes>"
// and "restore <bytes>" followed by so many bytes, "step <milliseconds>", "drain", "drain whole". Each answer is its
// length, a line feed, and its bytes.
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>

#include "sortkey/engine.h"

namespace {

using sortkey::Engine;

std::string_view step(Engine& engine, const char* millis) {
    return engine.advance(static_cast<double>(engine.now_millis()) + std::strtod(millis, nullptr));
}

void run_lines() {
    Engine engine;
    for (std::string line; std::getline(std::cin, line);) {
        if (line.empty() || line[0] == '#') continue;
        if (line.rfind("advance ", 0) == 0) {
            std::cout << step(engine, line.c_str() + 8) << '\n';
            continue;
        }
        // The body begins at the first word that is neither the target nor key=value.
        size_t body = line.find(' ');
        while (body != std::string::npos) {
            const size_t next = line.find(' ', body + 1);
            const std::string word = line.substr(body + 1, next == std::string::npos ? next : next - body - 1);
            if (word.empty() || word[0] == '{' || word.find('=') == std::string::npos) break;
            body = next;
        }
        if (body != std::string::npos) line[body] = '\n';
        std::string answer(engine.call(line));
        answer[answer.find('\n')] = ' ';
        std::cout << answer << '\n';
    }
}

bool run_frames() {
    auto engine = std::make_unique<Engine>();
    std::string body;
    for (std::string line; std::getline(std::cin, line);) {
        const size_t space = line.find(' ');
        const std::string command = line.substr(0, space);
        const char* argument = space == std::string::npos ? "" : line.c_str() + space + 1;
        if (command == "new") {
            engine = std::make_unique<Engine>();
            continue;
        }
        std::string_view answer;
        if (command == "call" || command == "restore") {
            body.resize(std::strtoull(argument, nullptr, 10));
            if (!std::cin.read(body.data(), static_cast<std::streamsize>(body.size()))) return false;
            answer = command == "call" ? engine->call(body) : engine->restore(body);
        } else if (command == "step") {
            answer = step(*engine, argument);
        } else if (command == "drain") {
            answer = engine->drain_journal(std::string_view(argument) == "whole");
        } else {
            std::cerr << "unknown command: " << line << '\n';
            return false;
        }
        std::cout << answer.size() << '\n' << answer;
    }
    return true;
}

}  // namespace

int main(int count, char** arguments) {
    std::ios::sync_with_stdio(false);
    if (count > 1 && std::string_view(arguments[1]) == "--framed") return run_frames() ? 0 : 1;
    run_lines();
    return 0;
}
