// What requests over several tables share: finding the tables, and answers with one entry per table.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "operations/common.h"

namespace sortkey {

/// The tables of one request in the order it first names them.
class TableList {
public:
    /// The table of that name or ARN, ready for items. Errors: ResourceNotFound "Requested resource not found".
    Result<Table*> add(Call& call, std::string_view name);

    struct Entry {
        std::string_view name;  ///< as the request wrote it first
        Table* table;
    };
    const std::vector<Entry>& entries() const { return entries_; }

private:
    std::vector<Entry> entries_;
};

/// ConsumedCapacity with one entry per table, if it was asked for. `split`: with Read- and WriteCapacityUnits.
void write_consumed_list(Call& call, ObjectWriter& answer, const TableList& tables, bool split);

/// The item collections that a request changed, for ItemCollectionMetrics; empty unless SIZE was asked for.
class ChangedCollections {
public:
    /// `item` needs the key attributes only.
    void add(Call& call, std::string_view table_name, const Table& table, ItemView item);
    /// Adds ItemCollectionMetrics if there are any; sizes are those of now.
    void write(ObjectWriter& answer) const;

private:
    struct Collection {
        std::string_view table_name;
        const Table* table;
        std::string key;  ///< encoded item of the key attributes
    };
    std::vector<Collection> collections_;
};

}  // namespace sortkey
