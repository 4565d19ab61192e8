#include "operations/page.h"

#include <algorithm>

#include "json/attribute_value.h"
#include "sortkey/limits.h"

namespace sortkey {

std::string continuation_key(const Source& source, ItemView row) {
    std::string encoded;
    uint64_t count = 0;
    std::string attributes;
    for (const MapEntry entry : row) {
        if (!source.table->keys.find(entry.name) && !source.keys().find(entry.name)) continue;
        ++count;
        append_varint(attributes, entry.name.size());
        attributes += entry.name;
        attributes += entry.value.encoded();
    }
    append_varint(encoded, count);
    return encoded + attributes;
}

namespace {

class PageWalk {
public:
    PageWalk(Call& call, const PageRequest& request) : call_(call), request_(request), at_(request.source.rows()) {}

    Page run() {
        for (seek(); at_.valid() && in_range(); request_.forward ? at_.next() : at_.prev()) {
            const ItemView row(at_.value());
            evaluate_row(row);
            ++page_.scanned;
            const bool full = (request_.limit > 0 && page_.scanned >= static_cast<uint64_t>(request_.limit)) ||
                              bytes_ >= limits::kPageBytesMax;
            if (!full) continue;
            page_.last_key = continuation_key(request_.source, row);
            break;
        }
        call_.charge(*request_.source.table)
            .read_rows(request_.source.arm(), request_.source.index_name(), bytes_, page_.scanned, request_.factor);
        page_.bytes = bytes_;
        return std::move(page_);
    }

private:
    void seek() {
        if (request_.forward) {
            if (!request_.start_row.empty() && request_.start_row >= request_.from) {
                at_.upper_bound(request_.start_row);
            } else {
                at_.lower_bound(request_.from);
            }
            return;
        }
        if (!request_.start_row.empty() && (request_.to.empty() || request_.start_row < request_.to)) {
            at_.below(request_.start_row);
        } else if (request_.to.empty()) {
            at_.last();
        } else {
            at_.below(request_.to);
        }
    }

    bool in_range() const {
        return request_.forward ? request_.to.empty() || at_.key() < request_.to : at_.key() >= request_.from;
    }

    void evaluate_row(ItemView row) {
        bytes_ += row.size();
        call_.trace.note(at_.record());
        ItemView item = row;
        if (request_.selection->fetch) {
            // Each fetched item is rounded on its own and charged to the table (capacity.md §1).
            const Record* whole = request_.source.table->items.peek(table_row_key(request_.source.table->keys, row));
            item = ItemView(whole->value());
            call_.charge(*request_.source.table).read_item(whole, request_.factor);
        }
        if (request_.filter && !evaluate(*request_.filter, item)) return;
        ++page_.count;
        if (request_.selection->count_only) return;
        if (page_.count > 1) page_.items.push_back(',');
        if (request_.selection->projection) {
            projected_.clear();
            project(*request_.selection->projection, item, projected_);
            json::write_item(page_.items, ItemView(projected_));
        } else {
            json::write_item(page_.items, item);
        }
    }

    Call& call_;
    const PageRequest& request_;
    OrderedMap::Cursor at_;
    Page page_;
    uint64_t bytes_ = 0;
    std::string projected_;
};

}  // namespace

Page read_page(Call& call, const PageRequest& request) { return PageWalk(call, request).run(); }

void write_page(Call& call, const Page& page, const Selection& selection, const Consumed& consumed) {
    ObjectWriter answer(call.out);
    if (!selection.count_only) {
        std::string& out = answer.member("Items");
        out += '[';
        out += page.items;
        out += ']';
    }
    answer.integer("Count", static_cast<int64_t>(page.count));
    answer.integer("ScannedCount", static_cast<int64_t>(page.scanned));
    if (!page.last_key.empty()) json::write_item(answer.member("LastEvaluatedKey"), ItemView(page.last_key));
    write_consumed(call, answer, text_of(call.input.find("TableName")), consumed);
    answer.close();
}

Result<Source> find_source(Call& call, json::Node input) {
    SORTKEY_TRY(table, table_for_items(call, input.find("TableName")));
    Source source;
    source.table = table;
    if (const json::Node name = input.find("IndexName")) {
        source.index = table->find_index(name.text());
        if (!source.index || source.index->status == TableStatus::Deleting)
            return Error::validation("The table does not have the specified index: " + std::string(name.text()));
        if (source.index->status == TableStatus::Creating)
            return Error::validation("Cannot read from backfilling global secondary index: " + source.index->name);
    }
    if (source.global() && json::boolean_of(input.find("ConsistentRead")))
        return Error::validation("Consistent reads are not supported on global secondary indexes");
    return source;
}

Status check_select_parameters(json::Node input, bool has_expression, bool has_attributes_to_get) {
    const std::string_view select = text_of(input.find("Select"));
    if (select == "SPECIFIC_ATTRIBUTES" && !has_expression && !has_attributes_to_get) {
        return of_family(
            ErrorFamily::SpecificAttributes,
            Error::validation(
                "Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES"));
    }
    if (select.empty() || select == "SPECIFIC_ATTRIBUTES" || (!has_expression && !has_attributes_to_get)) return {};
    return of_family(
        ErrorFamily::Selection,
        Error::validation(std::string("Cannot specify the ") +
                          (has_expression ? "ProjectionExpression" : "AttributesToGet") + " when choosing to get " +
                          (select == "COUNT" ? "only the Count" : std::string(select))));
}

Result<Selection> resolve_selection(json::Node input, const Source& source, std::optional<Projection> projection) {
    Selection selection;
    const std::string_view select = text_of(input.find("Select"));
    selection.count_only = select == "COUNT";
    if (select == "ALL_PROJECTED_ATTRIBUTES" && !source.index)
        return Error::validation("ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName");
    if (select == "ALL_ATTRIBUTES" && source.index && source.index->projection != ProjectionType::All) {
        if (source.global())
            return Error::invalid_parameter("Select type ALL_ATTRIBUTES is not supported for global secondary index " +
                                            source.index->name + " because its projection type is not ALL");
        selection.fetch = true;
    }
    if (projection && source.index) {
        std::string missing;
        for (const NodeId id : projection->paths) {
            const std::string_view name = projection->tree.path(id).head();
            if (source.index->projects(name, source.table->keys)) continue;
            if (!missing.empty()) missing += ", ";
            missing += name;
        }
        if (!missing.empty()) {
            if (source.global())
                return Error::invalid_parameter("Global secondary index " + source.index->name + " does not project [" +
                                                missing + "]");
            selection.fetch = true;
        }
    }
    selection.projection = std::move(projection);
    return selection;
}

Status check_filter_projected(const Source& source, const Tree& filter) {
    if (!source.index) return {};
    std::vector<std::string_view> missing;
    for_each_path(filter, [&](PathView path, const Node&) {
        const bool known = source.index->projects(path.head(), source.table->keys) ||
                           std::find(missing.begin(), missing.end(), path.head()) != missing.end();
        if (!known) missing.push_back(path.head());
    });
    if (missing.empty()) return {};
    std::string names;
    for (const std::string_view name : missing) names += (names.empty() ? "" : ", ") + std::string(name);
    return Error::invalid_parameter("Secondary index " + source.index->name +
                                    " does not project one or more filter attributes: [" + names + "]");
}

}  // namespace sortkey
