// Placeholders of a test from two short texts: names "#a=a, #b=b" and values "{:v:1, :s:'x'}".
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "expression/expression.h"
#include "notation.h"

namespace sortkey::notation {

/// Owns what the placeholders show.
struct Request {
    explicit Request(std::string_view names = "", std::string_view values = "");

    Placeholders placeholders;

private:
    std::unique_ptr<std::string> names_;
    std::unique_ptr<std::string> values_;
};

/// The text an error underlines, or "" without a position.
std::string_view underlined(const Error& error, std::string_view text);

}  // namespace sortkey::notation
