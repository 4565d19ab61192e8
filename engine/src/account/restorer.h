// Applies the records of stored frames to an account; runs of items of one table are gathered, because a table is built
// fastest in one go.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "account/frames.h"
#include "account/restore_report.h"
#include "catalog/account.h"

namespace sortkey {

class Restorer {
public:
    Restorer(Account& account, RestoreReport& report) : account_(account), report_(report) {}

    /// Applies the records of the frame at `offset`. One that does not apply, because it is impossible or because what
    /// it needs was lost, is left out and told; so is all that follows one that cannot be read.
    void apply(std::string_view payload, size_t offset);

    /// Something between two frames is gone.
    void lost();

    /// Puts gathered items in place, rebuilds what is derived, and settles what waits for events that were lost.
    void finish();

    /// Number of the last entry of the journal; 0: none was told.
    uint64_t entry() const { return entry_; }

private:
    bool apply_record(RecordReader& reader);
    bool world_record(std::string_view text);
    bool table_record(std::string_view text);
    void note_entry(uint64_t entry);
    Table* gathering(uint32_t id);
    void flush();
    /// Stops the restore if more is held than may be; `over`: that is known already.
    void check_memory(bool over);

    Account& account_;
    RestoreReport& report_;
    size_t frame_ = 0;  // offset of the frame at work
    uint64_t entry_ = 0;
    bool lost_ = false;  // since the last entry
    Database* database_ = nullptr;
    Stream* stream_ = nullptr;
    Table* gathering_ = nullptr;
    uint32_t gathering_id_ = 0;
    std::vector<RecordPtr> gathered_;
};

}  // namespace sortkey
