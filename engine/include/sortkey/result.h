// A value or an Error; the engine's only way to fail. No exceptions are thrown or caught.
//
//   Result<Number> parsed = Number::parse(text);
//   if (!parsed) return parsed.error();
//   use(*parsed);
//   SORTKEY_TRY(number, Number::parse(text));   // the same in one line
#pragma once

#include <optional>
#include <utility>
#include <variant>

#include "sortkey/error.h"

namespace sortkey {

template <class T>
class [[nodiscard]] Result {
public:
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

    explicit operator bool() const { return state_.index() == 0; }
    T& operator*() { return *std::get_if<0>(&state_); }
    const T& operator*() const { return *std::get_if<0>(&state_); }
    T* operator->() { return std::get_if<0>(&state_); }
    const T* operator->() const { return std::get_if<0>(&state_); }
    /// REQUIRES: the result is an error.
    Error& error() { return *std::get_if<1>(&state_); }
    const Error& error() const { return *std::get_if<1>(&state_); }

private:
    std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Error error) : error_(std::move(error)) {}

    explicit operator bool() const { return !error_.has_value(); }
    Error& error() { return *error_; }
    const Error& error() const { return *error_; }

private:
    std::optional<Error> error_;
};

using Status = Result<void>;

}  // namespace sortkey

#define SORTKEY_CONCAT2(a, b) a##b
#define SORTKEY_CONCAT(a, b) SORTKEY_CONCAT2(a, b)
/// Declares `name` as the value of `expression`, or returns its error from the enclosing function.
#define SORTKEY_TRY(name, expression)                                                              \
    auto SORTKEY_CONCAT(try_, __LINE__) = (expression);                                            \
    if (!SORTKEY_CONCAT(try_, __LINE__)) return std::move(SORTKEY_CONCAT(try_, __LINE__).error()); \
    auto name = std::move(*SORTKEY_CONCAT(try_, __LINE__))
/// Returns the error of a Status from the enclosing function.
#define SORTKEY_CHECK(expression)                                                                \
    if (auto SORTKEY_CONCAT(check_, __LINE__) = (expression); !SORTKEY_CONCAT(check_, __LINE__)) \
    return std::move(SORTKEY_CONCAT(check_, __LINE__).error())
