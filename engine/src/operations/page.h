// One page of a Query or Scan: a walk over a range of rows, bounded by Limit and 1 MB (spec: query-scan.md §1).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "operations/common.h"

namespace sortkey {

/// A table or one of its indexes, as Query and Scan see it.
struct Source {
    Table* table = nullptr;
    const Index* index = nullptr;  ///< null: the table itself

    const OrderedMap& rows() const { return index ? index->rows : table->items; }
    const KeySchema& keys() const { return index ? index->keys : table->keys; }
    ArmKind arm() const { return !index ? ArmKind::Table : index->global ? ArmKind::Global : ArmKind::Local; }
    std::string_view index_name() const { return index ? std::string_view(index->name) : std::string_view(); }
    bool global() const { return index && index->global; }
};

/// What a page shows of its items.
struct Selection {
    bool count_only = false;
    bool fetch = false;  ///< local index: whole items come from the table, each charged (capacity.md §1)
    std::optional<Projection> projection;
};

struct PageRequest {
    Source source;
    std::string from;  ///< first row key of the range
    std::string to;    ///< row key behind the range, empty: to the end
    bool forward = true;
    int64_t limit = 0;      ///< items evaluated; 0: no limit
    std::string start_row;  ///< exclusive start, empty: from the beginning
    const Condition* filter = nullptr;
    const Selection* selection = nullptr;
    ReadFactor factor = ReadFactor::Eventual;
};

struct Page {
    std::string items;     ///< JSON objects joined by commas
    uint64_t count = 0;    ///< kept by the filter
    uint64_t scanned = 0;  ///< evaluated
    uint64_t bytes = 0;    ///< of what was evaluated
    std::string last_key;  ///< encoded LastEvaluatedKey, empty: finished
};

/// Encoded LastEvaluatedKey after a row: the index's key attributes and the table's.
std::string continuation_key(const Source& source, ItemView row);

/// Reads a page and charges it.
Page read_page(Call& call, const PageRequest& request);

/// Count, ScannedCount, Items, LastEvaluatedKey, ConsumedCapacity.
void write_page(Call& call, const Page& page, const Selection& selection, const Consumed& consumed);

/// Finds table and index. Errors: ResourceNotFound, "The table does not have the specified index: i", backfilling,
/// "Consistent reads are not supported on global secondary indexes".
Result<Source> find_source(Call& call, json::Node input);

/// Select with projection parameters before any table is looked at (spec: query-scan.md §4).
Status check_select_parameters(json::Node input, bool has_expression, bool has_attributes_to_get);

/// What to show, given the source. Errors: Select against indexes, unprojected attributes.
Result<Selection> resolve_selection(json::Node input, const Source& source, std::optional<Projection> projection);

/// A read by key must find in the index all that its filter asks about (a walk over the whole index only misses it).
Status check_filter_projected(const Source& source, const Tree& filter);

}  // namespace sortkey
