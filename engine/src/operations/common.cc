#include "operations/common.h"

#include "json/attribute_value.h"
#include "sortkey/limits.h"

namespace sortkey {

std::string_view plain_table_name(std::string_view name_or_arn) {
    if (!name_or_arn.starts_with("arn:")) return name_or_arn;
    const size_t at = name_or_arn.find(":table/");
    if (at == std::string_view::npos) return name_or_arn;
    std::string_view rest = name_or_arn.substr(at + 7);
    return rest.substr(0, rest.find('/'));
}

namespace {

// arn:aws:dynamodb:<region>:<account>:table/<name>
bool is_of_another_region(std::string_view name_or_arn, std::string_view region) {
    constexpr std::string_view kStart = "arn:aws:dynamodb:";
    if (!name_or_arn.starts_with(kStart)) return false;
    const std::string_view rest = name_or_arn.substr(kStart.size());
    return rest.substr(0, rest.find(':')) != region;
}

}  // namespace

Table* named_table(Call& call, std::string_view name_or_arn) {
    if (is_of_another_region(name_or_arn, call.database.region())) return nullptr;
    return call.database.find(plain_table_name(name_or_arn));
}

std::string_view text_of(json::Node node) { return node ? node.text() : std::string_view(); }

Result<Table*> table_for_items(Call& call, json::Node name) {
    Table* table = named_table(call, text_of(name));
    if (!table || !table->readable()) return Error::make(ErrorCode::ResourceNotFound, "Requested resource not found");
    call.trace.table = table->name;
    return table;
}

Result<Table*> table_for_control(Call& call, json::Node name) {
    Table* table = named_table(call, text_of(name));
    if (!table)
        return Error::make(
            ErrorCode::ResourceNotFound,
            "Requested resource not found: Table: " + std::string(plain_table_name(text_of(name))) + " not found");
    call.trace.table = table->name;
    return table;
}

Error in_use(std::string text) { return Error::make(ErrorCode::ResourceInUse, std::move(text)); }

Result<std::string> read_attributes(Call& call, json::Node object) {
    std::string encoded;
    encoded.reserve(size_t{object.count()} * 48 + 16);  // most items fit without growing
    if (Status read = json::read_item(object, encoded, call.wording); !read) return std::move(read.error());
    return encoded;
}

Status check_key_value(const KeyAttribute& attribute, ValueView value, bool is_hash) {
    if (attribute.type == Type::N) return {};
    const size_t length = value.scalar().size();
    if (length == 0) {
        return Error::validation(
            "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an "
            "empty " +
            std::string(attribute.type == Type::S ? "string" : "binary") + " value. Key: " + attribute.name);
    }
    if (is_hash && length > limits::kHashKeyBytesMax)
        return Error::invalid_parameter("Size of hashkey has exceeded the maximum size limit of2048 bytes");
    if (!is_hash && length > limits::kRangeKeyBytesMax)
        return Error::invalid_parameter("Aggregated size of all range keys has exceeded the size limit of 1024 bytes");
    return {};
}

Result<std::string> row_key_of_key(const KeySchema& schema, ItemView key) {
    bool fits = key.count() == schema.size();
    for (size_t i = 0; fits && i < schema.size(); ++i) {
        const ValueView value = key.find(schema.at(i).name);
        fits = value && value.type() == schema.at(i).type;
    }
    if (!fits) return Error::validation("The provided key element does not match the schema");
    for (size_t i = 0; i < schema.size(); ++i)
        SORTKEY_CHECK(check_key_value(schema.at(i), key.find(schema.at(i).name), i < schema.hash.size()));
    return table_row_key(schema, key);
}

Result<std::string> row_key_of_item(const KeySchema& schema, ItemView item) {
    for (size_t i = 0; i < schema.size(); ++i) {
        const KeyAttribute& part = schema.at(i);
        const ValueView value = item.find(part.name);
        if (!value) return Error::invalid_parameter("Missing the key " + part.name + " in the item");
        if (value.type() != part.type)
            return Error::invalid_parameter("Type mismatch for key " + part.name +
                                            " expected: " + std::string(type_name(part.type)) +
                                            " actual: " + std::string(type_name(value.type())));
    }
    for (size_t i = 0; i < schema.size(); ++i)
        SORTKEY_CHECK(check_key_value(schema.at(i), item.find(schema.at(i).name), i < schema.hash.size()));
    return table_row_key(schema, item);
}

namespace {

// The index an error names when several are touched is the alphabetically first.
template <class Fault>
const Index* first_faulty(const Table& table, Fault fault) {
    const Index* first = nullptr;
    for (const Index& index : table.indexes)
        if (fault(index) && (!first || index.name < first->name)) first = &index;
    return first;
}

}  // namespace

Status check_index_keys(const Table& table, ItemView item) {
    if (table.indexes.empty()) return {};
    const KeyAttribute* faulty = nullptr;
    const auto wrong_type = [&](const Index& index) {
        for (size_t i = 0; i < index.keys.size(); ++i) {
            const ValueView value = item.find(index.keys.at(i).name);
            if (value && value.type() != index.keys.at(i).type) return faulty = &index.keys.at(i), true;
        }
        return false;
    };
    if (const Index* index = first_faulty(table, wrong_type)) {
        wrong_type(*index);
        return Error::invalid_parameter(
            "Type mismatch for Index Key " + faulty->name + " Expected: " + std::string(type_name(faulty->type)) +
            " Actual: " + std::string(type_name(item.find(faulty->name).type())) + " IndexName: " + index->name);
    }
    const auto empty_value = [&](const Index& index) {
        for (size_t i = 0; i < index.keys.size(); ++i) {
            const ValueView value = item.find(index.keys.at(i).name);
            if (value && index.keys.at(i).type != Type::N && value.scalar().empty())
                return faulty = &index.keys.at(i), true;
        }
        return false;
    };
    if (const Index* index = first_faulty(table, empty_value)) {
        empty_value(*index);
        return Error::validation(
            "One or more parameter values are not valid. A value specified for a secondary index key is not supported. "
            "The AttributeValue for a key attribute cannot contain an empty " +
            std::string(faulty->type == Type::S ? "string" : "binary") + " value. IndexName: " + index->name +
            ", IndexKey: " + faulty->name);
    }
    for (const Index& index : table.indexes) {
        for (size_t i = 0; i < index.keys.size(); ++i) {
            const ValueView value = item.find(index.keys.at(i).name);
            if (value) SORTKEY_CHECK(check_key_value(index.keys.at(i), value, i < index.keys.hash.size()));
        }
    }
    return {};
}

std::string key_of(const KeySchema& schema, ItemView item) {
    std::string encoded;
    append_varint(encoded, schema.size());
    const auto append = [&](const KeyAttribute& part) {
        append_varint(encoded, part.name.size());
        encoded += part.name;
        encoded += item.find(part.name).encoded();
    };
    // Encoded items are sorted by name.
    if (schema.size() == 2 && schema.at(1).name < schema.at(0).name) {
        append(schema.at(1));
        append(schema.at(0));
    } else {
        for (size_t i = 0; i < schema.size(); ++i) append(schema.at(i));
    }
    return encoded;
}

Error of_family(ErrorFamily family, Error error) {
    error.family = family;
    return error;
}

Status check_expression_parameters(Call& call, json::Node input, std::initializer_list<std::string_view> expressions,
                                   std::initializer_list<std::string_view> legacy) {
    std::string used;
    std::string old_style;
    const auto collect = [&](std::string& list, std::initializer_list<std::string_view> names) {
        for (const std::string_view name : names) {
            if (!input.find(name)) continue;
            if (!list.empty()) list += ", ";
            list += name;
        }
    };
    collect(used, expressions);
    if (!used.empty()) {
        collect(old_style, legacy);
        if (!old_style.empty())
            return of_family(
                ErrorFamily::Values,
                Error::validation(
                    "Can not use both expression and non-expression parameters in the same request: Non-expression "
                    "parameters: {" +
                    old_style + "} Expression parameters: {" + used + "}"));
    } else if (input.find("ExpressionAttributeNames")) {
        return of_family(ErrorFamily::Values,
                         Error::validation("ExpressionAttributeNames can only be specified when using expressions"));
    }
    if (!input.find("ExpressionAttributeValues")) return {};
    std::string absent;
    size_t takers = 0;
    for (const std::string_view name : expressions) {
        if (name == "ProjectionExpression") continue;
        if (input.find(name)) return {};
        ++takers;
        if (!absent.empty()) absent += " and ";
        absent += name;
    }
    if (takers == 0) return {};
    std::string text = "ExpressionAttributeValues can only be specified when using expressions";
    if (call.wording == Wording::older || (call.operation == "Query" || call.operation == "Scan"))
        text += ": " + absent + (takers > 1 ? " are null" : " is null");
    return of_family(ErrorFamily::Values, Error::validation(std::move(text)));
}

Status check_attribute_name(std::string_view name) {
    if (name.empty()) return Error::validation(std::string(json::kEmptyAttributeName));
    if (name.size() > limits::kAttributeNameBytesMax)
        return Error::validation(std::string(json::kAttributeNameTooLarge));
    return {};
}

Status load_placeholders(Call& call, json::Node input, ExpressionContext& context, ValuesRead values_read) {
    if (const json::Node names = input.find("ExpressionAttributeNames")) {
        if (names.count() == 0)
            return of_family(ErrorFamily::Values, Error::validation("ExpressionAttributeNames must not be empty"));
        for (const json::Node::Member member : names.members()) {
            if (Status key = check_name_placeholder(member.name); !key)
                return of_family(ErrorFamily::Values, std::move(key.error()));
            const std::string_view name = member.value.is_null() ? std::string_view() : member.value.text();
            SORTKEY_CHECK(check_attribute_name(name));
            context.placeholders.add_name(member.name, name);
        }
    }
    const json::Node values =
        values_read == ValuesRead::Ignored ? json::Node() : input.find("ExpressionAttributeValues");
    if (values) {
        if (values.count() == 0)
            return of_family(ErrorFamily::Values, Error::validation("ExpressionAttributeValues must not be empty"));
        for (const json::Node::Member member : values.members())
            if (Status key = check_value_placeholder(member.name); !key)
                return of_family(ErrorFamily::Values, std::move(key.error()));
        std::vector<size_t> offsets;
        for (const json::Node::Member member : values.members()) {
            offsets.push_back(context.values.size());
            Status read =
                member.value.is_null()
                    ? Status(Error::validation("Supplied AttributeValue is empty, must contain exactly one of "
                                               "the supported datatypes"))
                    : json::read_value(member.value, context.values, call.wording, values_read != ValuesRead::AnyDepth);
            if (read) continue;
            if (call.wording == Wording::older)
                read.error().message = "ExpressionAttributeValues contains invalid value: " + read.error().message +
                                       " for key " + std::string(member.name);
            return read;
        }
        size_t i = 0;
        for (const json::Node::Member member : values.members())
            context.placeholders.add_value(member.name, ValueView(context.values.data() + offsets[i++]));
    }
    return {};
}

ErrorFamily family_of_expression(std::string_view text) {
    return text.empty() ? ErrorFamily::Usage : ErrorFamily::Values;
}

Result<std::optional<Condition>> load_condition(json::Node input, std::string_view name, Kind kind,
                                                ExpressionContext& context) {
    const json::Node text = input.find(name);
    if (!text) return std::optional<Condition>();
    auto compiled = compile_condition(kind, text.text(), context.placeholders);
    if (!compiled) return of_family(family_of_expression(text.text()), std::move(compiled.error()));
    return std::optional<Condition>(std::move(*compiled));
}

Result<std::optional<Projection>> load_projection(json::Node input, ExpressionContext& context) {
    const json::Node text = input.find("ProjectionExpression");
    if (!text) return std::optional<Projection>();
    auto compiled = compile_projection(text.text(), context.placeholders);
    if (!compiled) return std::move(compiled.error());
    return std::optional<Projection>(std::move(*compiled));
}

Status check_unused(const ExpressionContext& context) {
    Status used = context.placeholders.check_unused();
    if (!used) used.error().family = ErrorFamily::Usage;
    return used;
}

CapacityMode capacity_mode(json::Node input) {
    const std::string_view mode = text_of(input.find("ReturnConsumedCapacity"));
    if (mode == "TOTAL") return CapacityMode::Total;
    if (mode == "INDEXES") return CapacityMode::Indexes;
    return CapacityMode::None;
}

void write_consumed(Call& call, ObjectWriter& answer, std::string_view table_name, const Consumed& consumed) {
    const CapacityMode mode = capacity_mode(call.input);
    if (mode == CapacityMode::None) return;
    consumed.write_json(answer.member("ConsumedCapacity"), table_name, mode == CapacityMode::Indexes, false);
}

void append_collection_metrics(std::string& json, const Table& table, ItemView key) {
    const KeyAttribute& hash = table.keys.hash[0];
    json += "{\"ItemCollectionKey\":{";
    json::write_string(json, hash.name);
    json += ":";
    json::write_value(json, key.find(hash.name));
    json += "},\"SizeEstimateRangeGB\":[";
    const std::string_view scalar = key.find(hash.name).scalar();
    std::string from;
    append_partition(from, table.keys, &scalar);
    uint64_t bytes = table.items.range_stats(from, prefix_end(from)).bytes;
    for (const Index& index : table.indexes)
        if (!index.global) bytes += index.rows.range_stats(from, prefix_end(from)).bytes;
    const uint64_t gigabytes = bytes >> 30;
    json += std::to_string(gigabytes) + "," + std::to_string(gigabytes + 1) + "]}";
}

void write_collection_metrics(Call& call, ObjectWriter& answer, const Table& table, ItemView key) {
    if (text_of(call.input.find("ReturnItemCollectionMetrics")) != "SIZE" || !table.has_local_indexes()) return;
    append_collection_metrics(answer.member("ItemCollectionMetrics"), table, key);
}

}  // namespace sortkey
