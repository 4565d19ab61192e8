// BatchGetItem: up to 100 items by key over several tables (spec: api.md §4, order: expressions.md §9).
#include "operations/batch_get_item.h"

#include <algorithm>
#include <deque>

#include "capacity/partitions.h"
#include "json/attribute_value.h"
#include "json/members.h"
#include "operations/legacy.h"
#include "operations/several_tables.h"
#include "sortkey/limits.h"

namespace sortkey::batch_get_item {
namespace {

constexpr json::Shape kKeys = json::Shape::list(json::kAttributeMap);
constexpr json::Member kRequestMembers[] = {
    {"Keys", &kKeys, {.not_null = true, .length_min = 1}},
    {"AttributesToGet", &json::kStringList, {.length_min = 1, .length_max = 255}},
    {"ConsistentRead", &json::kBoolean},
    {"ProjectionExpression", &json::kString},
    {"ExpressionAttributeNames", &json::kStringMap},
};
constexpr json::Shape kRequest = json::Shape::structure("KeysAndAttributes", kRequestMembers);
constexpr json::Shape kRequestItems = json::Shape::map(kRequest, kRequired);

constexpr json::Member kMembers[] = {
    {"ReturnConsumedCapacity", &json::kString, kReturnConsumedCapacity},
    {"RequestItems", &kRequestItems, {.not_null = true, .path_only = true, .table_name_keys = true}},
};

struct Key {
    std::string encoded;
    std::string row;
};

// What is read from one table. Never moved: expressions view the context's values.
struct TableRequest {
    std::string_view name;
    json::Node node;
    ExpressionContext context;
    std::optional<Projection> projection;
    std::vector<Key> keys;
    Table* table = nullptr;
};

// What the service compares to find a key twice: attribute by attribute, numbers as they were written, so that "1000"
// and "1e3" pass here although they are one key.
std::string written_form(json::Node key, std::string_view encoded) {
    std::string form(encoded);
    for (const MapEntry entry : ItemView(encoded)) {
        if (entry.value.type() != Type::N) continue;
        form += '\n';
        form += key.find(entry.name).find("N").text();
    }
    return form;
}

// The map of requests and the lists of keys in it are bounded by texts of their own.
Status check_bounds(Call& call, json::Node request_items) {
    constexpr std::string_view kDetected = "1 validation error detected: Value at 'RequestItems";
    constexpr std::string_view kFailed = "' failed to satisfy constraint: Member must have length ";
    if (request_items.count() == 0)
        return Error::validation(call.wording == Wording::older
                                     ? "The requestItems parameter is required for BatchGetItem"
                                     : std::string(kDetected) + std::string(kFailed) + "greater than or equal to 1");
    for (const json::Node::Member entry : request_items.members())
        if (entry.value.find("Keys").count() > limits::kBatchGetKeysMax)
            return Error::validation(std::string(kDetected) + "." + std::string(entry.name) + ".member.Keys" +
                                     std::string(kFailed) + "less than or equal to " +
                                     std::to_string(limits::kBatchGetKeysMax));
    return {};
}

Status read_keys(Call& call, TableRequest& request, size_t& total) {
    std::vector<std::string> seen;
    for (const json::Node::Member element : request.node.find("Keys").elements()) {
        SORTKEY_TRY(encoded, read_attributes(call, element.value));
        std::string form = written_form(element.value, encoded);
        if (std::find(seen.begin(), seen.end(), form) != seen.end())
            return Error::validation("Provided list of item keys contains duplicates");
        seen.push_back(std::move(form));
        request.keys.push_back({std::move(encoded), {}});
        if (++total > limits::kBatchGetKeysMax)
            return Error::validation("Too many items requested for the BatchGetItem call");
    }
    return {};
}

Status read_request(Call& call, TableRequest& request, size_t& total) {
    SORTKEY_CHECK(check_expression_parameters(call, request.node, {"ProjectionExpression"}, {"AttributesToGet"}));
    SORTKEY_TRY(attributes, legacy_attributes_to_get(request.node));
    SORTKEY_CHECK(load_placeholders(call, request.node, request.context, ValuesRead::Ignored));
    SORTKEY_TRY(projection, load_projection(request.node, request.context));
    SORTKEY_CHECK(check_unused(request.context));
    request.projection = attributes ? std::move(attributes) : std::move(projection);
    return read_keys(call, request, total);
}

// The old and the new way of naming attributes may not be mixed even over tables.
Status check_one_style(const std::deque<TableRequest>& requests) {
    bool expressions = false;
    bool lists = false;
    for (const TableRequest& request : requests) {
        expressions = expressions || request.node.find("ProjectionExpression");
        lists = lists || request.node.find("AttributesToGet");
    }
    if (!expressions || !lists) return {};
    return Error::validation(
        "Can not use both expression and non-expression parameters in the same request: Non-expression parameters: "
        "{AttributesToGet} Expression parameters: {ProjectionExpression}");
}

void append_item(Call& call, const TableRequest& request, const Record& found, std::string& json) {
    if (json.back() != '[') json += ',';
    call.trace.note(&found);
    std::string projected;
    if (request.projection) project(*request.projection, ItemView(found.value()), projected);
    json::write_item(json, ItemView(request.projection ? std::string_view(projected) : found.value()));
}

// The request of one table again, with the keys that were not read.
void append_unprocessed(ObjectWriter& unprocessed, const TableRequest& request, const std::vector<size_t>& unread) {
    ObjectWriter again(unprocessed.member(request.name));
    std::string& keys = again.member("Keys");
    for (const size_t i : unread) {
        keys += i == unread.front() ? '[' : ',';
        json::write_item(keys, ItemView(request.keys[i].encoded));
    }
    keys += ']';
    if (const json::Node list = request.node.find("AttributesToGet")) {
        std::string& names = again.member("AttributesToGet");
        char separator = '[';
        for (const json::Node::Member element : list.elements()) {
            names += separator;
            json::write_string(names, element.value.is_null() ? std::string_view() : element.value.text());
            separator = ',';
        }
        names += ']';
    }
    if (const json::Node consistent = request.node.find("ConsistentRead"))
        again.boolean("ConsistentRead", json::boolean_of(consistent));
    if (const json::Node projection = request.node.find("ProjectionExpression"))
        again.text("ProjectionExpression", projection.text());
    if (const json::Node names = request.node.find("ExpressionAttributeNames")) {
        ObjectWriter aliases(again.member("ExpressionAttributeNames"));
        for (const json::Node::Member& alias : json::members_of(names)) aliases.text(alias.name, alias.value.text());
        aliases.close();
    }
    again.close();
}

// What an answer takes from one partition of a table: about 1 MB. Reads go on side by side, so that an item of full
// size still comes on top (the service's tables of one partition were seen to answer that much and no byte more).
constexpr uint64_t kPartitionAnswerMax = (1u << 20) + limits::kItemBytesMax;

// Bytes an answer holds, as a whole and of each partition.
class AnswerSize {
public:
    /// False if the item does not fit any more.
    bool add(const Table& table, std::string_view row, uint32_t size) {
        full_ = full_ || bytes_ + size > limits::kBatchBytesMax;
        if (full_) return false;
        uint64_t& part = of_partition(table, row);
        if (part + size > kPartitionAnswerMax) return false;
        part += size;
        bytes_ += size;
        return true;
    }

private:
    uint64_t& of_partition(const Table& table, std::string_view row) {
        const uint64_t count = partition_count(table.on_demand_billing, table.throughput.read, table.throughput.write,
                                               table.items.bytes());
        const auto partition = static_cast<uint64_t>((static_cast<unsigned __int128>(hash_of_row(row)) * count) >> 64);
        for (Part& part : parts_)
            if (part.table == &table && part.partition == partition) return part.bytes;
        return parts_.emplace_back(Part{&table, partition, 0}).bytes;
    }

    struct Part {
        const Table* table;
        uint64_t partition;
        uint64_t bytes;
    };
    std::vector<Part> parts_;
    uint64_t bytes_ = 0;
    bool full_ = false;
};

// Reads what fits into the answer; returns the numbers of the keys that were not read.
std::vector<size_t> read_items(Call& call, const TableRequest& request, AnswerSize& answer_size, std::string& json) {
    const bool strong = json::boolean_of(request.node.find("ConsistentRead"));
    const ReadFactor factor = strong ? ReadFactor::Strong : ReadFactor::Eventual;
    std::vector<size_t> unread;
    for (size_t i = 0; i < request.keys.size(); ++i) {
        const Record* found = request.table->items.peek(request.keys[i].row);
        const uint32_t size = found ? ItemView(found->value()).size() : 0;
        if (!answer_size.add(*request.table, request.keys[i].row, size)) {
            unread.push_back(i);
            continue;
        }
        call.charge(*request.table).read_item(found, factor);
        if (found) append_item(call, request, *found, json);
    }
    return unread;
}

}  // namespace

const json::Shape kInput = json::Shape::structure("BatchGetItemInput", kMembers);

Status run(Call& call) {
    SORTKEY_CHECK(check_bounds(call, call.input.find("RequestItems")));
    std::deque<TableRequest> requests;
    size_t total = 0;
    for (const json::Node::Member& entry : json::members_of(call.input.find("RequestItems"))) {
        TableRequest& request = requests.emplace_back();
        request.name = entry.name;
        request.node = entry.value;
        SORTKEY_CHECK(read_request(call, request, total));
    }
    SORTKEY_CHECK(check_one_style(requests));

    TableList tables;
    for (TableRequest& request : requests) {
        SORTKEY_TRY(table, tables.add(call, request.name));
        request.table = table;
    }
    for (TableRequest& request : requests) {
        for (Key& key : request.keys) {
            SORTKEY_TRY(row, row_key_of_key(request.table->keys, ItemView(key.encoded)));
            key.row = std::move(row);
        }
    }

    ObjectWriter answer(call.out);
    ObjectWriter responses(answer.member("Responses"));
    std::string unprocessed_json;
    ObjectWriter unprocessed(unprocessed_json);
    AnswerSize answer_size;
    for (const TableRequest& request : requests) {
        std::string& json = responses.member(request.name);
        json += '[';
        const std::vector<size_t> unread = read_items(call, request, answer_size, json);
        json += ']';
        if (!unread.empty()) append_unprocessed(unprocessed, request, unread);
    }
    responses.close();
    unprocessed.close();
    answer.member("UnprocessedKeys") += unprocessed_json;
    write_consumed_list(call, answer, tables, false);
    answer.close();
    return {};
}

}  // namespace sortkey::batch_get_item
