// Runs tests/cases natively: requests and the answers they must get, as data (format: tests/cases/README.md).
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "engine/capacity/arithmetic.h"
#include "operations/operation.h"
#include "sortkey/engine.h"

namespace {

using nlohmann::json;

struct Case {
    std::string title;  // file and name
    json data;
};

std::vector<Case> load_cases() {
    std::vector<Case> cases;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(SORTKEY_CASES_DIR)) {
        if (entry.path().extension() != ".json") continue;
        std::ifstream file(entry.path());
        for (json& one : json::parse(file)) {
            const std::string title = entry.path().stem().string() + ": " + one.at("name").get<std::string>();
            cases.push_back({title, std::move(one)});
        }
    }
    return cases;
}

// {"$repeat": [text, times]} stands for the text so many times, at any depth.
void expand(json& value) {
    if (value.is_object() && value.size() == 1 && value.contains("$repeat")) {
        const std::string piece = value.at("$repeat").at(0).get<std::string>();
        std::string text;
        for (int i = value.at("$repeat").at(1).get<int>(); i > 0; --i) text += piece;
        value = std::move(text);
    } else if (value.is_structured()) {
        for (json& element : value) expand(element);
    }
}

// Equal, where "*" fits anything; `part`: members not named are ignored.
bool fits(const json& wanted, const json& got, bool part) {
    if (wanted.is_string() && wanted.get_ref<const std::string&>() == "*") return true;
    if (wanted.is_object() && got.is_object()) {
        if (!part && wanted.size() != got.size()) return false;
        for (const auto& [name, value] : wanted.items())
            if (!got.contains(name) || !fits(value, got.at(name), part)) return false;
        return true;
    }
    if (wanted.is_array() && got.is_array()) {
        if (wanted.size() != got.size()) return false;
        for (size_t i = 0; i < wanted.size(); ++i)
            if (!fits(wanted[i], got[i], part)) return false;
        return true;
    }
    if (wanted.is_number() && got.is_number()) return wanted.get<double>() == got.get<double>();
    return wanted == got;
}

// Members that some operation has, with a value that it would take.
class ForeignMembers {
public:
    ForeignMembers() {
        for (const sortkey::Operation& operation : sortkey::all_operations())
            if (operation.service != sortkey::Service::Sortkey) collect(*operation.input);
    }

    /// Adds to every structure in `value` all members that its shape does not have.
    void add_to(const sortkey::json::Shape& shape, json& value) const {
        using sortkey::json::ShapeKind;
        if (shape.kind == ShapeKind::Structure && value.is_object()) {
            json known = json::object();
            for (uint32_t i = 0; i < shape.count; ++i) {
                const sortkey::json::Member& member = shape.members[i];
                const std::string name(member.name);
                if (value.contains(name)) add_to(*member.shape, value[name]);
                known[name] = true;
            }
            for (const auto& [name, foreign] : values_)
                if (!known.contains(name) && !value.contains(name)) value[name] = foreign;
        } else if ((shape.kind == ShapeKind::List && value.is_array()) ||
                   (shape.kind == ShapeKind::Map && value.is_object())) {
            for (json& element : value) add_to(*shape.element, element);
        }
    }

private:
    void collect(const sortkey::json::Shape& shape) {
        if (shape.element != nullptr) collect(*shape.element);
        for (uint32_t i = 0; i < shape.count; ++i) {
            const sortkey::json::Member& member = shape.members[i];
            if (!values_.emplace(member.name, value_of(*member.shape, member.constraint)).second) continue;
            collect(*member.shape);
        }
    }

    static json value_of(const sortkey::json::Shape& shape, const sortkey::json::Constraint& constraint) {
        using sortkey::json::ShapeKind;
        switch (shape.kind) {
            case ShapeKind::Integer:
            case ShapeKind::Long:
            case ShapeKind::Double:
            case ShapeKind::Timestamp:
                return 1;
            case ShapeKind::Boolean:
                return true;
            case ShapeKind::List:
                return json::array({value_of(*shape.element, {})});
            case ShapeKind::Map:
                return {{":x", value_of(*shape.element, {})}};
            case ShapeKind::Structure:
                return json::object();
            case ShapeKind::AttributeValue:
                return {{"S", "x"}};
            case ShapeKind::String:
            case ShapeKind::Blob:
                break;
        }
        const std::string_view names = constraint.enum_set;
        return names.empty() ? "x" : std::string(names.substr(0, names.find(',')));
    }

    std::map<std::string, json> values_;
};

class CaseRun {
public:
    /// `foreign`: what to add to every request of the service; may be null.
    CaseRun(const Case& which, const ForeignMembers* foreign) : which_(which), foreign_(foreign) {
        engine_.call("Sortkey_20261120.Configure\n{\"TableDelayMillis\":0}");
    }

    void run() {
        for (const json& step : which_.data.value("setup", json::array())) run_step(step, true);
        for (const json& step : which_.data.at("steps")) run_step(step, false);
    }

private:
    void run_step(const json& step, bool setup) {
        if (step.contains("advance")) {
            engine_.advance(static_cast<double>(engine_.now_millis()) + step.at("advance").get<double>());
            return;
        }
        const std::string target = step.value("target", "DynamoDB_20120810") + "." + step.at("op").get<std::string>();
        json input = step.value("in", json::object());
        expand(input);
        const sortkey::Operation* operation = sortkey::find_operation(target);
        if (foreign_ != nullptr && operation != nullptr && operation->service != sortkey::Service::Sortkey)
            foreign_->add_to(*operation->input, input);
        const std::string body = step.contains("raw") ? step.at("raw").get<std::string>() : input.dump();
        const std::string answer(engine_.call(target + "\n" + body));
        if (!target.starts_with("Sortkey")) {
            const std::string explained(engine_.call("Sortkey_20261120.ExplainRequest\n{}"));
            SCOPED_TRACE(which_.title + "\n" + target);
            sortkey::arithmetic::check(json::parse(explained.substr(explained.find('\n') + 1)));
        }
        const int status = std::stoi(answer);
        const std::string text = answer.substr(answer.find('\n') + 1);
        const std::string where =
            which_.title + "\n" + target + " " + body.substr(0, 2000) + "\n→ " + answer.substr(0, 4000);
        ASSERT_EQ(status, step.value("status", step.contains("error") ? 400 : 200)) << where;
        if (setup) return;
        const json got = text.empty() ? json() : json::parse(text);
        if (step.contains("out")) EXPECT_TRUE(fits(step.at("out"), got, false)) << where;
        if (step.contains("outIncludes")) EXPECT_TRUE(fits(step.at("outIncludes"), got, true)) << where;
        if (step.contains("error")) {
            const std::string type = got.value("__type", "");
            EXPECT_EQ(type.substr(type.find('#') + 1), step.at("error").get<std::string>()) << where;
        }
        if (step.contains("message"))
            EXPECT_EQ(got.value("message", got.value("Message", "")), step.at("message").get<std::string>()) << where;
    }

    const Case& which_;
    const ForeignMembers* foreign_;
    sortkey::Engine engine_;
};

class Cases : public testing::TestWithParam<Case> {};

TEST_P(Cases, AnswersAsRecorded) { CaseRun(GetParam(), nullptr).run(); }

TEST_P(Cases, MembersAnOperationDoesNotHaveAreIgnored) {
    static const ForeignMembers foreign;
    CaseRun(GetParam(), &foreign).run();
}

INSTANTIATE_TEST_SUITE_P(All, Cases, testing::ValuesIn(load_cases()), [](const auto& info) {
    std::string name = std::to_string(info.index) + "_";
    for (const char c : info.param.title) name += std::isalnum(static_cast<unsigned char>(c)) ? c : '_';
    return name;
});

}  // namespace
