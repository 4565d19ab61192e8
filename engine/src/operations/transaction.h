// What TransactGetItems and TransactWriteItems share: cancellation reasons and checks before a transaction starts
// (spec: streams-and-recovery.md §9).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "operations/common.h"

namespace sortkey {

/// Why a transaction was cancelled, one reason for each action.
class CancellationReasons {
public:
    explicit CancellationReasons(size_t actions) : reasons_(actions) {}

    /// `error`: ConditionalCheckFailed, with the item if it is to be shown, or DuplicateItem.
    void condition_failed(size_t action, Error error);
    /// Notes a conflict if another transaction holds the item; true if one does.
    bool conflict(const Call& call, size_t action, const Table& table, std::string_view row_key);
    /// Only the first invalid action is told.
    void invalid(size_t action, Error error);

    bool empty() const { return !cancelled_; }
    /// TransactionCanceled with all reasons. REQUIRES not empty().
    Error error() const;

private:
    struct Reason {
        std::string_view code = "None";
        Error error;
    };
    std::vector<Reason> reasons_;
    bool cancelled_ = false;
    bool invalid_ = false;
};

/// Finds an item that two actions name.
class ItemsSeen {
public:
    /// Errors: "Transaction request cannot include multiple operations on one item".
    Status add(const Table& table, std::string_view row_key);

private:
    std::vector<std::string> seen_;
};

/// No attribute of a Key may be empty, whatever the schema says. Errors: "… cannot contain an empty string value. Key:
/// a".
Status check_key_not_empty(ItemView key);

/// 4 MB over all that a transaction sends: items, keys, values. What is stored under the keys does not count.
Status check_payload_size(uint64_t bytes);
/// 4 MB over all items that a transaction reads.
Status check_read_size(uint64_t bytes);

/// Bytes the service counts for encoded values that lie back to back.
uint64_t values_size(std::string_view encoded);

}  // namespace sortkey
