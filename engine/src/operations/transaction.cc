#include "operations/transaction.h"

#include <algorithm>

#include "json/attribute_value.h"
#include "operations/item_write.h"
#include "sortkey/limits.h"

namespace sortkey {
namespace {

// A hundred stored items may be larger than any answer.
constexpr size_t kItemsShownMax = limits::kBatchBytesMax;

}  // namespace

void CancellationReasons::condition_failed(size_t action, Error error) {
    cancelled_ = true;
    const bool duplicate = error.code == ErrorCode::DuplicateItem;
    reasons_[action] = {duplicate ? "DuplicateItem" : "ConditionalCheckFailed", std::move(error)};
}

bool CancellationReasons::conflict(const Call& call, size_t action, const Table& table, std::string_view row_key) {
    Status free = check_not_held(call, table, row_key);
    if (free) return false;
    cancelled_ = true;
    reasons_[action] = {"TransactionConflict", std::move(free.error())};
    return true;
}

void CancellationReasons::invalid(size_t action, Error error) {
    cancelled_ = true;
    if (invalid_) return;
    invalid_ = true;
    reasons_[action] = {"ValidationError", std::move(error)};
}

Error CancellationReasons::error() const {
    std::string codes;
    std::string json = "\"CancellationReasons\":[";
    for (const Reason& reason : reasons_) {
        if (!codes.empty()) {
            codes += ", ";
            json += ',';
        }
        codes += reason.code;
        ObjectWriter entry(json);
        entry.text("Code", reason.code);
        if (reason.code != "None") entry.text("Message", reason.error.message);
        if (!reason.error.fields.empty() && json.size() + reason.error.fields.size() <= kItemsShownMax)
            json += "," + reason.error.fields;
        entry.close();
    }
    json += ']';
    Error error =
        Error::make(ErrorCode::TransactionCanceled,
                    "Transaction cancelled, please refer cancellation reasons for specific reasons [" + codes + "]");
    error.fields = std::move(json);
    return error;
}

Status ItemsSeen::add(const Table& table, std::string_view row_key) {
    std::string name = std::to_string(table.id) + " ";
    name += row_key;
    const auto at = std::lower_bound(seen_.begin(), seen_.end(), name);
    if (at != seen_.end() && *at == name)
        return Error::validation("Transaction request cannot include multiple operations on one item");
    seen_.insert(at, std::move(name));
    return {};
}

Status check_key_not_empty(ItemView key) {
    for (const MapEntry entry : key) {
        const Type type = entry.value.type();
        if ((type != Type::S && type != Type::B) || !entry.value.scalar().empty()) continue;
        return check_key_value({std::string(entry.name), type}, entry.value, true);
    }
    return {};
}

Status check_payload_size(uint64_t bytes) {
    if (bytes <= limits::kTransactionBytesMax) return {};
    // The service says it twice.
    const std::string_view text = "Transaction payload size cannot exceed 4MB. Payload Size: ";
    return Error::validation(std::string(text) + ": " + std::string(text) + std::to_string(bytes));
}

uint64_t values_size(std::string_view encoded) {
    uint64_t bytes = 0;
    for (size_t at = 0; at < encoded.size();) {
        const ValueView value(encoded.data() + at);
        bytes += value.size();
        at += value.encoded().size();
    }
    return bytes;
}

Status check_read_size(uint64_t bytes) {
    if (bytes <= limits::kTransactionBytesMax) return {};
    return Error::validation("The aggregate size of the items in the transaction exceeds 4 MB");
}

}  // namespace sortkey
