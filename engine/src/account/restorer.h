// Applies the records of stored frames to an account; runs of items of one table are gathered, because a table is built
// fastest in one go.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "account/frames.h"
#include "catalog/account.h"

namespace sortkey {

class Restorer {
public:
    explicit Restorer(Account& account) : account_(account) {}

    /// Applies the records of one payload and adds their number. False when it holds something impossible; what came
    /// before that is applied.
    bool apply(std::string_view payload, size_t& records);

    /// Puts gathered items in place and rebuilds what is derived.
    void finish();

private:
    bool apply_record(RecordReader& reader);
    bool table_record(std::string_view text);
    Table* gathering(uint32_t id);
    void flush();

    Account& account_;
    Database* database_ = nullptr;
    Stream* stream_ = nullptr;
    Table* gathering_ = nullptr;
    uint32_t gathering_id_ = 0;
    std::vector<RecordPtr> gathered_;
};

}  // namespace sortkey
