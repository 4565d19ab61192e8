// Request lines on stdin, response lines on stdout: for reproducing reports and making golden files.
//
//   echo 'DynamoDB_20120810.ListTables {}' | sortkey_cli
//   200 {"TableNames":[]}
//
// A line is "<target>[ key=value]* <JSON>", "advance <milliseconds>" (a relative step), or a comment that begins with
// #.
#include <cstdlib>
#include <iostream>
#include <string>

#include "sortkey/engine.h"

int main() {
    std::ios::sync_with_stdio(false);
    sortkey::Engine engine;
    for (std::string line; std::getline(std::cin, line);) {
        if (line.empty() || line[0] == '#') continue;
        if (line.rfind("advance ", 0) == 0) {
            const double step = std::strtod(line.c_str() + 8, nullptr);
            std::cout << engine.advance(static_cast<double>(engine.now_millis()) + step) << '\n';
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
    return 0;
}
