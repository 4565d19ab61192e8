// Shards, sequence numbers and iterators of streams: their names and the places they stand for.
#pragma once

#include <string>
#include <string_view>

#include "operations/common.h"

namespace sortkey {

inline constexpr json::Constraint kStreamArn{.not_null = true, .length_min = 37, .length_max = 1024};
inline constexpr json::Constraint kShardId{.not_null = true, .length_min = 28, .length_max = 65};

/// One hash range during one stretch of time (catalog/stream.h).
struct Shard {
    int64_t generation = 0;  ///< stretches since the stream began
    uint32_t partition = 0;

    int64_t from_micros(const Stream& stream) const { return stream.created_micros + generation * kShardStretchMicros; }
    /// The first moment that is not the shard's any more; it may be in the future.
    int64_t to_micros(const Stream& stream) const;
    bool closed(const Stream& stream, int64_t now_micros) const { return to_micros(stream) <= now_micros; }
    bool holds(const Stream& stream, const Change& change) const;
    friend bool operator==(const Shard&, const Shard&) = default;
};

/// The stream of an ARN. Errors: Validation for what is no stream's ARN, ResourceNotFound.
Result<Stream*> find_stream(Call& call, json::Node arn);

/// Shards with records that are kept, oldest generation first.
std::vector<Shard> shards_of(const Stream& stream, int64_t now_micros);

/// "shardId-00000001780272000000-0a1b2c3d"
std::string shard_id(const Stream& stream, const Shard& shard);
/// Errors: ResourceNotFound "Requested resource not found: Shard does not exist".
Result<Shard> find_shard(const Stream& stream, std::string_view id, int64_t now_micros);

/// 28 digits that grow with time: a 1, microseconds, the number of the record. The second number may be any bound.
std::string sequence_number(int64_t at_micros, uint64_t record);
/// False if the text is not of that form.
bool read_sequence_number(std::string_view text, int64_t& at_micros, uint64_t& record);

/// A place in a shard: before the record of that number.
struct StreamPosition {
    Stream* stream = nullptr;
    Shard shard;
    uint64_t record = 0;
};

/// Opaque text that is good for 15 minutes.
std::string write_iterator(const StreamPosition& position, int64_t now_micros);
/// Errors: Validation "Invalid ShardIterator", ExpiredIterator, TrimmedDataAccess, ResourceNotFound.
Result<StreamPosition> read_iterator(Call& call, std::string_view text);

}  // namespace sortkey
