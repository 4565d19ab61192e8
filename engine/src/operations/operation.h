// What an operation is: a row in the table of operations, run on a call.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "capacity/consumed.h"
#include "catalog/account.h"
#include "json/document.h"
#include "json/shape.h"
#include "operations/wording.h"
#include "sortkey/result.h"

namespace sortkey {

/// Units charged to one table by one request.
struct Charge {
    std::string table_name;  ///< as the request named it (ARN or name)
    uint32_t table_id = 0;
    Consumed consumed;
};

/// The charges of one request, one for each table. Clearing keeps their memory for the next request.
class Charges {
public:
    /// The table's charge, started at nothing.
    Consumed& of(std::string_view table_name, uint32_t table_id);
    void clear() { count_ = 0; }
    const Charge* begin() const { return charges_.data(); }
    const Charge* end() const { return charges_.data() + count_; }

private:
    std::vector<Charge> charges_;
    size_t count_ = 0;
};

/// What is remembered of the last service request, for ExplainRequest.
struct Trace {
    static constexpr size_t kItemsMax = 100;

    std::string operation;
    std::string table;
    bool failed = false;
    Error error;
    Charges charges;
    std::vector<RecordPtr> items;  ///< the first items read or written
    void note(const Record* item) {
        if (items.size() < kItemsMax) items.emplace_back(item);
    }
};

/// One request on its way through an operation.
struct Call {
    Account& account;
    Database& database;  ///< of the request's Region
    json::Node input;
    std::string& out;  ///< the response body, appended by the operation on success
    Wording wording;   ///< in force for this operation
    std::string_view operation;
    Trace& trace;
    std::string_view host;  ///< the request was sent to, with its port; empty if it came without one

    World& world() { return database.world(); }
    /// The charge of a table in this request, started at nothing.
    Consumed& charge(const Table& table);
};

using Run = Status (*)(Call&);

enum class Service : uint8_t { DynamoDB, Streams, Sortkey };

struct Operation {
    std::string_view name;
    Service service;
    Family family;
    const json::Shape* input;
    Run run;
};

/// Every operation, in the order of the table.
std::span<const Operation> all_operations();

/// "DynamoDB_20120810.PutItem"
std::string target_of(const Operation& operation);

/// The operation behind "DynamoDB_20120810.PutItem"; nullptr if there is none.
const Operation* find_operation(std::string_view target);

/// Types, constraints, then the operation itself; charges the tables' meters. Nothing is appended to call.out on error.
Status run_operation(const Operation& operation, Call& call);

}  // namespace sortkey
