#include "operations/stream_shards.h"

#include <algorithm>

#include "support/base64.h"
#include "support/md5.h"
#include "support/timestamp.h"
#include "support/utf8.h"

namespace sortkey {
namespace {

constexpr int64_t kIteratorLifetimeMicros = 900'000'000;
constexpr int kMicrosDigits = 17;
constexpr int kRecordDigits = 10;

Error not_found(std::string text) {
    return Error::make(ErrorCode::ResourceNotFound, "Requested resource not found: " + std::move(text));
}

bool read_digits(std::string_view text, uint64_t& value) {
    if (text.empty() || text.size() > 18) return false;
    value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return false;
        value = value * 10 + static_cast<uint64_t>(c - '0');
    }
    return true;
}

int64_t current_generation(const Stream& stream, int64_t now) {
    // A stream that was closed has no stretch that begins after its end.
    const int64_t last = stream.closed() ? stream.closed_micros : now;
    return (last - stream.created_micros) / kShardStretchMicros;
}

int64_t oldest_generation(const Stream& stream, int64_t now) {
    const int64_t kept_for = now - kStreamRetentionMicros - stream.created_micros;
    return kept_for < 0 ? 0 : std::min(kept_for / kShardStretchMicros, current_generation(stream, now));
}

}  // namespace

int64_t Shard::to_micros(const Stream& stream) const {
    const int64_t end = from_micros(stream) + kShardStretchMicros;
    return stream.closed() ? std::min(end, stream.closed_micros) : end;
}

bool Shard::holds(const Stream& stream, const Change& change) const {
    if ((change.at_micros - stream.created_micros) / kShardStretchMicros != generation) return false;
    const uint64_t hash = hash_of_row((change.after ? change.after : change.before)->key());
    return static_cast<uint32_t>((static_cast<unsigned __int128>(hash) * stream.partitions) >> 64) == partition;
}

Result<Stream*> find_stream(Call& call, json::Node arn) {
    const std::string_view text = text_of(arn);
    const size_t label_at = text.find("/stream/");
    if (!text.starts_with("arn:aws:dynamodb:") || text.find(":table/") == std::string_view::npos ||
        label_at == std::string_view::npos)
        return Error::validation("Invalid StreamArn");
    const std::string_view table = plain_table_name(text);
    call.trace.table = table;
    Stream* stream = call.database.streams().find(table, text.substr(label_at + 8));
    if (!stream || stream_arn(call.database.region(), *stream) != text)
        return not_found("Stream: " + std::string(text) + " not found");
    stream->trim(call.world().now_micros);
    return stream;
}

std::vector<Shard> shards_of(const Stream& stream, int64_t now) {
    std::vector<Shard> shards;
    const int64_t newest = current_generation(stream, now);
    for (int64_t generation = oldest_generation(stream, now); generation <= newest; ++generation)
        for (uint32_t partition = 0; partition < stream.partitions; ++partition)
            shards.push_back({generation, partition});
    return shards;
}

std::string shard_id(const Stream& stream, const Shard& shard) {
    std::string id = "shardId-";
    append_padded(id, shard.from_micros(stream) / 1000, 20);
    const auto bytes = md5(stream.table_name + "/" + stream.label + "/" + std::to_string(shard.partition));
    return id + "-" + hex(bytes.data(), 4);
}

Result<Shard> find_shard(const Stream& stream, std::string_view id, int64_t now) {
    for (const Shard& shard : shards_of(stream, now))
        if (shard_id(stream, shard) == id) return shard;
    return not_found("Shard does not exist");
}

std::string sequence_number(int64_t at_micros, uint64_t record) {
    std::string text = "1";
    append_padded(text, at_micros, kMicrosDigits);
    append_padded(text, static_cast<int64_t>(record), kRecordDigits);
    return text;
}

bool read_sequence_number(std::string_view text, int64_t& at_micros, uint64_t& record) {
    uint64_t micros = 0;
    if (!text.starts_with('1')) return false;
    text.remove_prefix(1);
    if (text.size() != kMicrosDigits + kRecordDigits || !read_digits(text.substr(0, kMicrosDigits), micros) ||
        !read_digits(text.substr(kMicrosDigits), record))
        return false;
    at_micros = static_cast<int64_t>(micros);
    return true;
}

std::string write_iterator(const StreamPosition& position, int64_t now) {
    const Stream& stream = *position.stream;
    const std::string plain = stream.table_name + "/" + stream.label + "/" + std::to_string(position.shard.generation) +
                              "/" + std::to_string(position.shard.partition) + "/" + std::to_string(position.record) +
                              "/" + std::to_string(now);
    std::string text;
    append_base64(text, plain);
    return text;
}

Result<StreamPosition> read_iterator(Call& call, std::string_view text) {
    const Error invalid = Error::validation("Invalid ShardIterator");
    std::string plain;
    if (decode_base64(text, plain) != Base64Fault::None || !is_utf8(plain)) return invalid;
    std::string_view parts[6];
    std::string_view rest = plain;
    for (std::string_view& part : parts) {
        const size_t end = rest.find('/');
        part = rest.substr(0, end);
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    }
    uint64_t numbers[4];
    for (size_t i = 0; i < 4; ++i)
        if (!read_digits(parts[i + 2], numbers[i])) return invalid;
    const int64_t now = call.world().now_micros;
    if (static_cast<int64_t>(numbers[3]) > now) return invalid;
    if (now - static_cast<int64_t>(numbers[3]) > kIteratorLifetimeMicros)
        return Error::make(ErrorCode::ExpiredIterator,
                           "Iterator expired.  The iterator was created at time " +
                               timestamp_text(static_cast<int64_t>(numbers[3])) + " while right now it is " +
                               timestamp_text(now) +
                               " which is further in the future than the tolerated delay of "
                               "900000 milliseconds.");
    call.trace.table = parts[0];
    StreamPosition position;
    position.stream = call.database.streams().find(parts[0], parts[1]);
    if (!position.stream) return not_found("Stream: " + std::string(parts[0]) + "/stream/" + std::string(parts[1]));
    position.shard = {static_cast<int64_t>(numbers[0]), static_cast<uint32_t>(numbers[1])};
    position.record = numbers[2];
    position.stream->trim(now);
    const auto known = shards_of(*position.stream, now);
    if (std::find(known.begin(), known.end(), position.shard) == known.end())
        return Error::make(ErrorCode::TrimmedDataAccess,
                           "The operation attempted to read past the oldest stream record in a shard.");
    return position;
}

}  // namespace sortkey
