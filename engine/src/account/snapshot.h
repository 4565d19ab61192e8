// One version of everything, written out in pieces while the engine goes on: maps and logs share what they hold with
// it until they change.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "account/frames.h"
#include "catalog/account.h"

namespace sortkey {

class Snapshot {
public:
    /// The account as it is now; `world`: its W record.
    Snapshot(const Account& account, std::string world);

    /// Appends the next frames, about `bytes_max` bytes (one record more at most); 0: all there is. False once
    /// everything is written.
    bool write(std::string& out, size_t bytes_max);

private:
    struct TableVersion {
        uint32_t id;
        std::string record;
        OrderedMap items;
        uint64_t read_halves;
        uint64_t write_halves;
    };
    struct StreamVersion {
        std::string record;
        ChangeLog records;
    };
    struct Region {
        std::string name;
        std::vector<TableVersion> tables;
        std::vector<StreamVersion> streams;
    };
    /// What of a Region is being written, in this order; `at_` counts within it.
    enum class Part : uint8_t { Definitions, Meters, Streams, Items, End };

    bool write_next(FrameWriter& writer);
    void write_change(FrameWriter& writer, StreamVersion& stream);
    void write_item(FrameWriter& writer, TableVersion& table);
    /// A frame stands for itself: names the Region again, and the stream that was cut.
    void resume(FrameWriter& writer);

    std::string world_;
    std::vector<Region> regions_;
    size_t region_ = 0;
    Part part_ = Part::Definitions;
    size_t at_ = 0;
    uint64_t next_change_ = 0;  // of the stream at work; 0: it was not begun
    std::optional<OrderedMap::Cursor> next_item_;
};

}  // namespace sortkey
