// Names, namespaces and wire form of errors: the one place that spells them (spec: api.md §1, §2).
#include "json/attribute_value.h"
#include "sortkey/error.h"
#include "support/utf8.h"

namespace sortkey {
namespace {

struct Spelling {
    std::string_view name;
    std::string_view space;
    bool capital_message = false;
};

constexpr std::string_view kService = "com.amazonaws.dynamodb.v20120810#";
constexpr std::string_view kCoral = "com.amazon.coral.service#";
constexpr std::string_view kValidate = "com.amazon.coral.validate#";

constexpr Spelling spelling(ErrorCode code) {
    switch (code) {
        case ErrorCode::Validation:
            return {"ValidationException", kValidate};
        case ErrorCode::Serialization:
            return {"SerializationException", kCoral, true};
        case ErrorCode::UnknownOperation:
            return {"UnknownOperationException", kCoral};
        case ErrorCode::AccessDenied:
            return {"AccessDeniedException", kCoral, true};
        case ErrorCode::ConditionalCheckFailed:
            return {"ConditionalCheckFailedException", kService};
        case ErrorCode::DuplicateItem:
            return {"DuplicateItemException", kService};
        case ErrorCode::IdempotentParameterMismatch:
            return {"IdempotentParameterMismatchException", kService, true};
        case ErrorCode::InternalServerError:
            return {"InternalServerError", kService};
        case ErrorCode::ItemCollectionSizeLimitExceeded:
            return {"ItemCollectionSizeLimitExceededException", kService};
        case ErrorCode::LimitExceeded:
            return {"LimitExceededException", kService};
        case ErrorCode::PolicyNotFound:
            return {"PolicyNotFoundException", kService};
        case ErrorCode::ProvisionedThroughputExceeded:
            return {"ProvisionedThroughputExceededException", kService};
        case ErrorCode::RequestLimitExceeded:
            return {"RequestLimitExceeded", kService};
        case ErrorCode::ResourceInUse:
            return {"ResourceInUseException", kService};
        case ErrorCode::ResourceNotFound:
            return {"ResourceNotFoundException", kService};
        case ErrorCode::TableNotFound:
            return {"TableNotFoundException", kService};
        case ErrorCode::Throttling:
            return {"ThrottlingException", kCoral};
        case ErrorCode::TransactionCanceled:
            return {"TransactionCanceledException", kService, true};
        case ErrorCode::TransactionConflict:
            return {"TransactionConflictException", kService};
        case ErrorCode::TransactionInProgress:
            return {"TransactionInProgressException", kService, true};
        case ErrorCode::TrimmedDataAccess:
            return {"TrimmedDataAccessException", kService};
        case ErrorCode::ExpiredIterator:
            return {"ExpiredIteratorException", kService};
    }
    return {"InternalServerError", kService};
}

// Some messages show what was sent, however long it was.
constexpr size_t kMessageBytesMax = 256 * 1024;

}  // namespace

std::string_view exception_name(ErrorCode code) { return spelling(code).name; }

int http_status(ErrorCode code) { return code == ErrorCode::InternalServerError ? 500 : 400; }

std::string to_json(const Error& error) {
    const Spelling how = spelling(error.code);
    std::string json = "{\"__type\":\"";
    json += how.space;
    json += how.name;
    json += '"';
    if (!error.message.empty()) {
        json += how.capital_message ? ",\"Message\":" : ",\"message\":";
        std::string message;
        append_bounded(message, error.message, kMessageBytesMax);
        json::write_string(json, message);
    }
    if (!error.fields.empty()) {
        json += ',';
        json += error.fields;
    }
    json += '}';
    return json;
}

}  // namespace sortkey
