// What becomes of tables and indexes once the time that a change takes is over.
#pragma once

#include <string_view>

#include "catalog/account.h"
#include "catalog/database.h"

namespace sortkey {

/// The table is ACTIVE: pending throughput is in force, its streams are settled. Indexes under construction go on.
void settle_table(Database& database, Table& table);

/// The table and its items are gone; its stream stays readable for 24 hours.
void drop_table(Database& database, Table& table);

/// Settles tables, indexes, expiry and streams that wait for an event that was lost with damaged bytes. Nothing is
/// dropped: what was being deleted is there again.
void settle_abandoned(Account& account);

/// Removes the index, and attribute definitions that no key uses any more.
void drop_index(Table& table, std::string_view name);

/// Attribute definitions that some key of the table or its indexes uses stay, in their order; others go.
void drop_unused_definitions(Table& table);

}  // namespace sortkey
