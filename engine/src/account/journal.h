// Turns the account's changes into frames and frames back into an account.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "catalog/account.h"

namespace sortkey {

/// What restore() found.
struct RestoreReport {
    bool ok = true;
    int format = 0;  ///< highest format seen
    size_t bytes = 0;
    size_t bytes_read = 0;
    size_t frames = 0;
    size_t records = 0;
    std::string damage;  ///< reason; empty: everything was read
};

class Journal {
public:
    /// Appends frames of everything that changed since the call before; nothing if nothing did.
    void drain(Account& account, std::string& out);
    /// Appends frames of the complete state and starts over from it.
    void snapshot(Account& account, std::string& out);
    /// Keeps nothing from now on; the next drain() then begins with a complete state.
    void stop(Account& account);
    /// Fills an empty account from stored bytes; a damaged tail is reported and left out.
    RestoreReport restore(Account& account, std::string_view bytes);

private:
    using TableKey = std::pair<std::string, uint32_t>;  // Region, table id

    void drain_region(Database& database, class FrameWriter& writer);
    /// All items of a Region, after its tables.
    static void write_items(const Database& database, class FrameWriter& writer);
    void follow(Account& account);

    bool stopped_ = false;
    uint64_t resets_ = 0;
    std::map<std::string, ReaderId, std::less<>> readers_;
    std::map<TableKey, std::pair<uint64_t, uint64_t>> meters_;  // totals as written last
    std::string world_;                                         // as written last
};

}  // namespace sortkey
