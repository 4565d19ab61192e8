// Replays the inputs of tests/fuzz/corpus through their targets: seeds, and everything that ever failed.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "fuzz/target.h"
#include "operations/operation.h"

namespace {

struct Input {
    std::string target;
    std::string name;
    std::string bytes;
};

std::vector<Input> load_inputs() {
    std::vector<Input> inputs;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(SORTKEY_CORPUS_DIR)) {
        if (!entry.is_regular_file()) continue;
        std::ifstream file(entry.path(), std::ios::binary);
        std::ostringstream bytes;
        bytes << file.rdbuf();
        inputs.push_back(
            {entry.path().parent_path().filename().string(), entry.path().filename().string(), bytes.str()});
    }
    return inputs;
}

class Corpus : public testing::TestWithParam<Input> {};

TEST_P(Corpus, HoldsEveryProperty) {
    const auto target = sortkey::fuzz::targets().find(GetParam().target);
    ASSERT_NE(target, sortkey::fuzz::targets().end());
    EXPECT_NO_THROW(target->second(GetParam().bytes));
}

INSTANTIATE_TEST_SUITE_P(All, Corpus, testing::ValuesIn(load_inputs()), [](const auto& info) {
    std::string name = std::to_string(info.index) + "_" + info.param.target + "_";
    for (const char c : info.param.name) name += std::isalnum(static_cast<unsigned char>(c)) ? c : '_';
    return name;
});

TEST(CorpusSeeds, NameEveryOperation) {
    std::string all;
    for (const Input& input : load_inputs())
        if (input.target == "request") all += "\n" + input.bytes;
    for (const sortkey::Operation& operation : sortkey::all_operations())
        EXPECT_NE(all.find("\n" + std::string(operation.name) + " "), std::string::npos) << operation.name;
}

TEST(CorpusSeeds, EveryTargetHasSome) {
    for (const auto& [name, target] : sortkey::fuzz::targets())
        EXPECT_TRUE(std::filesystem::is_directory(std::filesystem::path(SORTKEY_CORPUS_DIR) / name)) << name;
}

}  // namespace
