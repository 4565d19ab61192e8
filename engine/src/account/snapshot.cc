#include "account/snapshot.h"

#include <utility>

#include "account/stream_records.h"
#include "catalog/table_record.h"

namespace sortkey {

Snapshot::Snapshot(const Account& account, std::string world) : world_(std::move(world)) {
    for (const auto& [name, database] : account.regions) {
        Region& region = regions_.emplace_back();
        region.name = name;
        for (const auto& [table_name, table] : database.tables()) {
            std::string record;
            write_table_record(record, table);
            region.tables.push_back(
                {table.id, std::move(record), table.items, table.meter.read_halves(), table.meter.write_halves()});
        }
        for (const auto& [key, stream] : database.streams().all()) {
            std::string record;
            write_stream_record(record, stream);
            region.streams.push_back({std::move(record), stream.records});
        }
    }
}

bool Snapshot::write(std::string& out, size_t bytes_max) {
    const size_t start = out.size();
    FrameWriter writer(out);
    if (!world_.empty()) {
        writer.record('Z');
        writer.record('W');
        writer.text(std::exchange(world_, {}));
    }
    for (; region_ < regions_.size(); ++region_, part_ = Part::Definitions) {
        resume(writer);
        while (write_next(writer)) {
            if (!writer.boundary()) continue;
            if (bytes_max != 0 && out.size() - start >= bytes_max) return true;
            resume(writer);
        }
    }
    writer.flush();
    return false;
}

void Snapshot::resume(FrameWriter& writer) {
    const Region& region = regions_[region_];
    writer.record('R');
    writer.text(region.name);
    if (part_ != Part::Streams || next_change_ == 0) return;
    writer.record('S');
    writer.text(region.streams[at_].record);
}

bool Snapshot::write_next(FrameWriter& writer) {
    Region& region = regions_[region_];
    const size_t count = part_ == Part::Streams ? region.streams.size() : region.tables.size();
    if (at_ == count) {
        at_ = 0;
        part_ = static_cast<Part>(static_cast<int>(part_) + 1);
        return part_ != Part::End;
    }
    switch (part_) {
        case Part::Definitions:
            writer.record('T');
            writer.text(region.tables[at_++].record);
            break;
        case Part::Meters: {
            const TableVersion& table = region.tables[at_++];
            if (table.read_halves == 0 && table.write_halves == 0) break;
            writer.record('M');
            writer.number(table.id);
            writer.number(table.read_halves);
            writer.number(table.write_halves);
            break;
        }
        case Part::Streams:
            write_change(writer, region.streams[at_]);
            break;
        default:
            write_item(writer, region.tables[at_]);
    }
    return true;
}

void Snapshot::write_change(FrameWriter& writer, StreamVersion& stream) {
    if (next_change_ == 0) {
        writer.record('S');
        writer.text(stream.record);
        next_change_ = stream.records.oldest_sequence();
    }
    if (next_change_ < stream.records.next_sequence()) {
        write_stream_change(writer, stream.records.read_from(next_change_++, 1).front());
        return;
    }
    stream.records.restart(next_change_);  // lets go of what is written
    next_change_ = 0;
    ++at_;
}

void Snapshot::write_item(FrameWriter& writer, TableVersion& table) {
    if (!next_item_) {
        next_item_.emplace(table.items);
        next_item_->first();
    }
    if (next_item_->valid()) {
        writer.record('P');
        writer.number(table.id);
        writer.text(next_item_->key());
        writer.text(next_item_->value());
        next_item_->next();
        return;
    }
    next_item_.reset();
    table.items.clear();
    ++at_;
}

}  // namespace sortkey
