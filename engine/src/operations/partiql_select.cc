#include "operations/partiql_select.h"

#include <algorithm>

#include "json/attribute_value.h"
#include "operations/key_range.h"
#include "operations/page.h"
#include "operations/several_tables.h"
#include "operations/start_key.h"
#include "sortkey/limits.h"
#include "support/base64.h"
#include "support/crc32.h"
#include "support/md5.h"

namespace sortkey {
namespace {

/// A stretch of rows; several partition keys make several.
struct RowRange {
    std::string from;
    std::string to;
};

/// Where a page continues: in which range, and behind which row of it (empty: at its beginning).
struct Place {
    uint32_t range = 0;
    std::string row;
};

// ---- NextToken: digest of the request (8 bytes), range (4 bytes), row key, then CRC-32; base64

constexpr size_t kDigestBytes = 8;
constexpr size_t kRowAt = kDigestBytes + 4;
constexpr size_t kCheckBytes = 4;

std::string digest_of(const PartiqlRequest& request) {
    const auto digest = md5(request.fingerprint());
    return std::string(digest.begin(), digest.begin() + kDigestBytes);
}

std::string token_of(const PartiqlRequest& request, const Place& place) {
    std::string bytes = digest_of(request);
    append_u32(bytes, place.range);
    bytes += place.row;
    append_u32(bytes, crc32(bytes));
    std::string token;
    append_base64(token, bytes);
    return token;
}

Result<Place> place_of(const PartiqlRequest& request, std::string_view token) {
    const Error invalid = Error::validation("Invalid NextToken");
    std::string bytes;
    if (decode_base64(token, bytes) != Base64Fault::None || bytes.size() < kRowAt + kCheckBytes) return invalid;
    const size_t end = bytes.size() - kCheckBytes;
    if (crc32(std::string_view(bytes).substr(0, end)) != load_u32(bytes.data() + end)) return invalid;
    if (!bytes.starts_with(digest_of(request))) return Error::validation("NextToken does not match request");
    Place place;
    place.range = load_u32(bytes.data() + kDigestBytes);
    place.row = bytes.substr(kRowAt, end - kRowAt);
    return place;
}

// ---- what to read

Result<Source> find_select_source(Call& call, const PartiqlRequest& request) {
    Source source;
    source.table = request.table;
    if (request.statement.index.empty()) return source;
    SORTKEY_TRY(index, find_select_index(request));
    source.index = index;
    if (source.index->status == TableStatus::Creating)
        return Error::validation("Cannot read from backfilling global secondary index: " + source.index->name);
    if (source.global() && json::boolean_of(call.input.find("ConsistentRead")))
        return Error::validation("Strongly consistent read is not supported on Global Secondary Indexes");
    return source;
}

Status check_order(const Source& source, const partiql::Statement& statement, bool by_key) {
    for (const partiql::OrderTerm& term : statement.order)
        if (!source.keys().find(term.name))
            return Error::validation("Attribute " + term.name + " in ORDER BY clause must be part of the primary key");
    if (by_key || statement.order.empty()) return {};
    return Error::validation(
        "Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause.");
}

const partiql::OrderTerm* order_on(const partiql::Statement& statement, std::string_view name) {
    for (const partiql::OrderTerm& term : statement.order)
        if (term.name == name) return &term;
    return nullptr;
}

Result<std::vector<RowRange>> ranges_of(Call& call, const Source& source, const PartiqlRequest& request,
                                        bool& forward) {
    const partiql::Statement& statement = request.statement;
    const KeySchema& keys = source.keys();
    const std::string& hash = keys.hash[0].name;
    std::vector<ValueView> values;
    const bool by_key = partiql::fixed_values(statement.where.tree, hash, values);
    SORTKEY_CHECK(check_order(source, statement, by_key));
    if (!by_key) return std::vector<RowRange>(1);
    SORTKEY_CHECK(check_filter_projected(source, statement.where.tree));
    if (const partiql::OrderTerm* order = order_on(statement, hash)) {
        std::sort(values.begin(), values.end(), [&](ValueView a, ValueView b) {
            return order->descending ? b.encoded() < a.encoded() : a.encoded() < b.encoded();
        });
    }
    KeyTerm range_term;
    const bool ranged =
        !keys.range.empty() && partiql::range_term(statement.where.tree, keys.range[0].name, range_term);
    std::vector<RowRange> ranges;
    for (const ValueView value : values) {
        KeyCondition condition;
        condition.terms.push_back({hash, KeyComparator::Equal, value, {}, {}});
        if (ranged) condition.terms.push_back(range_term);
        SORTKEY_TRY(plan, bind_key_condition(condition, keys, call.wording));
        RowRange& range = ranges.emplace_back();
        range_of(plan, keys, range.from, range.to);
    }
    const partiql::OrderTerm* order = keys.range.empty() ? nullptr : order_on(statement, keys.range[0].name);
    forward = !order || !order->descending;
    return ranges;
}

}  // namespace

Status run_select(Call& call, PartiqlRequest& request) {
    partiql::Statement& statement = request.statement;
    Place place;
    if (const json::Node token = call.input.find("NextToken")) {
        SORTKEY_TRY(continued, place_of(request, token.text()));
        place = std::move(continued);
    }
    SORTKEY_TRY(table, TableList().add(call, statement.table));
    request.table = table;
    SORTKEY_TRY(source, find_select_source(call, request));
    PageRequest page_request;
    SORTKEY_TRY(ranges, ranges_of(call, source, request, page_request.forward));
    std::optional<Projection> columns;
    if (!statement.whole_items) columns = std::move(statement.columns);
    SORTKEY_TRY(selection, resolve_selection(call.input, source, std::move(columns)));

    page_request.source = source;
    page_request.filter = statement.has_where() ? &statement.where : nullptr;
    page_request.selection = &selection;
    page_request.factor =
        json::boolean_of(call.input.find("ConsistentRead")) ? ReadFactor::Strong : ReadFactor::Eventual;
    const json::Node limit = call.input.find("Limit");
    int64_t left = limit ? json::integer_of(limit) : 0;

    ObjectWriter answer(call.out);
    std::string& items = answer.member("Items");
    items += '[';
    uint64_t bytes = 0;
    std::string last_key;
    bool more = false;
    while (place.range < ranges.size() && !more) {
        page_request.from = ranges[place.range].from;
        page_request.to = ranges[place.range].to;
        page_request.start_row = place.row;
        page_request.limit = left;
        const Page page = read_page(call, page_request);
        if (!page.items.empty() && items.back() != '[') items += ',';
        items += page.items;
        bytes += page.bytes;
        left -= limit ? static_cast<int64_t>(page.scanned) : 0;
        last_key = page.last_key;
        place.row.clear();
        if (!last_key.empty()) {
            place.row = start_row_of(source, ItemView(last_key));
        } else {
            ++place.range;
        }
        more = place.range < ranges.size() && (!last_key.empty() || bytes >= limits::kPageBytesMax);
    }
    items += ']';
    if (more) answer.text("NextToken", token_of(request, place));
    if (more && !last_key.empty()) json::write_item(answer.member("LastEvaluatedKey"), ItemView(last_key));
    write_consumed(call, answer, statement.table, call.charge(*table));
    answer.close();
    return {};
}

}  // namespace sortkey
