// Everything there is: the world all Regions share, and a database for each Region that was used.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "catalog/database.h"
#include "simulation/world.h"

namespace sortkey {

struct Account {
    World world;
    std::map<std::string, Database, std::less<>> regions;
    Account() = default;
    Account(const Account&) = delete;
    Account& operator=(const Account&) = delete;

    uint64_t resets = 0;  ///< how often everything was dropped; tells the journal to start over

    /// The Region's database, made on first use.
    Database& region(std::string_view name) {
        const auto found = regions.find(name);
        if (found != regions.end()) return found->second;
        return regions.try_emplace(std::string(name), world, std::string(name)).first->second;
    }
    /// True while no Region has a table.
    bool empty() const {
        for (const auto& [name, database] : regions)
            if (!database.tables().empty()) return false;
        return true;
    }
    /// Drops all tables and events; clock, seed and settings stay.
    void reset() {
        ++resets;
        regions.clear();
        world.events.clear();
    }
};

inline constexpr std::string_view kDefaultRegion = "us-east-1";

}  // namespace sortkey
