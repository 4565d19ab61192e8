// One error value from validator to screen: a code, the service's message, extra fields.
//
// Source of names and texts: the DynamoDB API reference and captures of the service's answers.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace sortkey {

/// Every error the service answers with. The order is free to change; nothing stores it.
enum class ErrorCode : uint8_t {
    Validation,
    Serialization,
    UnknownOperation,
    AccessDenied,
    ConditionalCheckFailed,
    DuplicateItem,
    IdempotentParameterMismatch,
    InternalServerError,
    ItemCollectionSizeLimitExceeded,
    LimitExceeded,
    PolicyNotFound,
    ProvisionedThroughputExceeded,
    RequestLimitExceeded,
    ResourceInUse,
    ResourceNotFound,
    TableNotFound,
    Throttling,
    TransactionCanceled,
    TransactionConflict,
    TransactionInProgress,
    TrimmedDataAccess,
    ExpiredIterator,
};

/// Families of validation errors that some wordings put behind "1 validation error detected: "; which do, depends on
/// the operation and the profile (spec: expressions.md §9).
enum class ErrorFamily : uint8_t {
    Other,
    Values,              ///< attribute values, syntax and operands of expressions, mixed styles
    Usage,               ///< placeholders that no expression uses, empty expressions
    Selection,           ///< a projection beside a Select that takes none
    SpecificAttributes,  ///< Select SPECIFIC_ATTRIBUTES without a projection
};

/// Where in one request parameter an error was found, so that an editor can underline it.
struct ErrorPosition {
    std::string parameter;  ///< e.g. "KeyConditionExpression"; empty: no position known
    uint32_t offset = 0;    ///< bytes from the start of the expression
    uint32_t length = 0;    ///< bytes
};

struct [[nodiscard]] Error {
    ErrorCode code = ErrorCode::Validation;
    std::string message;
    std::string fields;  ///< further members of the error body as JSON text, e.g. `"Item":{…}`; usually empty
    ErrorPosition position;
    ErrorFamily family = ErrorFamily::Other;
    /// True when a number or the members of a set could not be converted: such a text stands alone where other errors
    /// of a value name the parameter in front (spec: query-scan.md §2).
    bool conversion = false;

    static Error make(ErrorCode code, std::string message) {
        return Error{code, std::move(message), {}, {}, ErrorFamily::Other, false};
    }
    static Error validation(std::string message) { return make(ErrorCode::Validation, std::move(message)); }
    /// "One or more parameter values were invalid: " + detail
    static Error invalid_parameter(std::string_view detail) {
        return validation("One or more parameter values were invalid: " + std::string(detail));
    }
};

/// The service's exception name, e.g. "ConditionalCheckFailedException".
std::string_view exception_name(ErrorCode code);

/// The wire form: `{"__type":"<namespace>#<name>","message":"…"}` (some names spell it `Message`).
std::string to_json(const Error& error);

/// HTTP status of an error: 400, or 500 for InternalServerError.
int http_status(ErrorCode code);

}  // namespace sortkey
