// Turns the account's changes into frames and frames back into an account.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "account/restore_report.h"
#include "account/snapshot.h"
#include "catalog/account.h"

namespace sortkey {

class Journal {
public:
    /// Appends frames of everything that changed since the call before; nothing if nothing did.
    void drain(Account& account, std::string& out);
    /// Takes the complete state as it is now and starts over from it: drain() goes on with what changes after it. Gives
    /// up a snapshot that was being written.
    void begin_snapshot(Account& account);
    /// Appends the next frames of that state, about `bytes_max` bytes; 0: all. False once everything is written.
    bool write_snapshot(std::string& out, size_t bytes_max);
    /// Keeps nothing from now on; the next drain() then begins with a complete state.
    void stop(Account& account);
    /// Fills an empty account from stored bytes. Damage is reported and left out, what is sound behind it is read.
    RestoreReport restore(Account& account, std::string_view bytes);

private:
    using TableKey = std::pair<std::string, uint32_t>;  // Region, table id

    bool changed(Account& account, const std::string& world);
    void drain_region(Database& database, FrameWriter& writer);
    void follow(Account& account);
    void settle(Account& account);

    bool stopped_ = false;
    uint64_t resets_ = 0;
    uint64_t entries_ = 0;  // drains so far; each W record tells its number, so that a missing one is noticed
    std::map<std::string, ReaderId, std::less<>> readers_;
    std::map<TableKey, std::pair<uint64_t, uint64_t>> meters_;  // totals as written last
    std::string world_;                                         // as written last
    std::optional<Snapshot> snapshot_;                          // being written
};

}  // namespace sortkey
