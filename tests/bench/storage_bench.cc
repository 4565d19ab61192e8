// The storage floor: what one put, find, step and snapshot costs, and what an item takes in memory.
// Keys look like those of tables: a 64-bit hash, then the key itself, 30 bytes in all; values of
// 200 bytes.
#include <benchmark/benchmark.h>
#include <malloc.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "storage/change_log.h"
#include "storage/ordered_map.h"

namespace sortkey {
namespace {

constexpr std::size_t kValueBytes = 200;

std::string hashed_key(std::uint64_t number) {
    std::uint64_t hash = (number + 1) * 0x9E3779B97F4A7C15U;
    hash ^= hash >> 32;
    hash *= 0xD6E8FEB86659FD93U;
    std::string key;
    for (int shift = 56; shift >= 0; shift -= 8) key += static_cast<char>(hash >> shift & 255);
    std::string digits = std::to_string(number);
    return key + "customer#" + std::string(13 - digits.size(), '0') + digits;
}

// One item collection: hash and partition key are the same for all, only the sort key tells.
std::string collection_key(std::uint64_t number) {
    std::string digits = std::to_string(number);
    return "\x9e\x37\x79\xb9\x7f\x4a\x7c\x15"
           "one#" +
           std::string(18 - digits.size(), '0') + digits;
}

using KeyOf = std::string (*)(std::uint64_t);

// Shuffled records: neighbours in the map are not neighbours in memory, as after a life of writes.
std::vector<RecordPtr> records(KeyOf key_of, std::size_t count) {
    std::vector<std::uint64_t> numbers(count);
    for (std::size_t i = 0; i < count; ++i) numbers[i] = i;
    std::shuffle(numbers.begin(), numbers.end(), std::mt19937(7));
    const std::string value(kValueBytes, 'v');
    std::vector<RecordPtr> made;
    made.reserve(count);
    for (const std::uint64_t number : numbers) made.push_back(Record::make(key_of(number), value));
    return made;
}

OrderedMap filled(const std::vector<RecordPtr>& from) {
    OrderedMap map;
    for (const RecordPtr& record : from) map.put(record);
    return map;
}

void find(benchmark::State& state, KeyOf key_of) {
    const std::vector<RecordPtr> all = records(key_of, static_cast<std::size_t>(state.range(0)));
    const OrderedMap map = filled(all);
    std::vector<std::string> keys;
    for (const RecordPtr& record : all) keys.emplace_back(record->key());
    std::shuffle(keys.begin(), keys.end(), std::mt19937(8));
    std::size_t next = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(map.peek(keys[next]));
        if (++next == keys.size()) next = 0;
    }
}
BENCHMARK_CAPTURE(find, hashed, hashed_key)->Arg(1000)->Arg(100000)->Arg(1000000);
BENCHMARK_CAPTURE(find, one_collection, collection_key)->Arg(1000)->Arg(100000);

// The yardstick: the same finds in a std::map.
void find_std_map(benchmark::State& state) {
    const std::vector<RecordPtr> all = records(hashed_key, static_cast<std::size_t>(state.range(0)));
    std::map<std::string, RecordPtr> map;
    std::vector<std::string> keys;
    for (const RecordPtr& record : all) {
        keys.emplace_back(record->key());
        map[keys.back()] = record;
    }
    std::shuffle(keys.begin(), keys.end(), std::mt19937(8));
    std::size_t next = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(map.find(keys[next]));
        if (++next == keys.size()) next = 0;
    }
}
BENCHMARK(find_std_map)->Arg(1000)->Arg(100000)->Arg(1000000);

// Includes making the record, as a PutItem does.
void put_replacing(benchmark::State& state, KeyOf key_of) {
    const std::vector<RecordPtr> all = records(key_of, static_cast<std::size_t>(state.range(0)));
    OrderedMap map = filled(all);
    std::vector<std::string> keys;
    for (const RecordPtr& record : all) keys.emplace_back(record->key());
    std::shuffle(keys.begin(), keys.end(), std::mt19937(8));
    const std::string value(kValueBytes, 'w');
    std::size_t next = 0;
    for (auto _ : state) {
        map.put(Record::make(keys[next], value));
        if (++next == keys.size()) next = 0;
    }
}
BENCHMARK_CAPTURE(put_replacing, hashed, hashed_key)->Arg(1000)->Arg(100000)->Arg(1000000);
BENCHMARK_CAPTURE(put_replacing, one_collection, collection_key)->Arg(100000);

// Growing a map from nothing: time per item, records made outside.
void put_new(benchmark::State& state, KeyOf key_of) {
    const std::vector<RecordPtr> all = records(key_of, static_cast<std::size_t>(state.range(0)));
    for (auto _ : state) {
        OrderedMap map = filled(all);
        benchmark::DoNotOptimize(map.size());
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK_CAPTURE(put_new, hashed, hashed_key)->Arg(1000)->Arg(100000);
BENCHMARK_CAPTURE(put_new, one_collection, collection_key)->Arg(100000);

void erase_and_put_back(benchmark::State& state) {
    const std::vector<RecordPtr> all = records(hashed_key, static_cast<std::size_t>(state.range(0)));
    OrderedMap map = filled(all);
    std::size_t next = 0;
    for (auto _ : state) {
        map.put(map.erase(all[next]->key()));
        if (++next == all.size()) next = 0;
    }
}
BENCHMARK(erase_and_put_back)->Arg(100000);

void iterate(benchmark::State& state) {
    const OrderedMap map = filled(records(hashed_key, static_cast<std::size_t>(state.range(0))));
    for (auto _ : state) {
        OrderedMap::Cursor at(map);
        std::size_t bytes = 0;
        for (at.first(); at.valid(); at.next()) bytes += at.record()->size();
        benchmark::DoNotOptimize(bytes);
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(iterate)->Arg(1000)->Arg(1000000);

void build_from_sorted(benchmark::State& state) {
    std::vector<RecordPtr> all = records(hashed_key, static_cast<std::size_t>(state.range(0)));
    std::sort(all.begin(), all.end(), [](const RecordPtr& a, const RecordPtr& b) { return a->key() < b->key(); });
    for (auto _ : state) benchmark::DoNotOptimize(OrderedMap::from_sorted(all).size());
    state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(build_from_sorted)->Arg(100000);

// Budget: under 10 microseconds for a million items, the size must not show.
void snapshot(benchmark::State& state) {
    const OrderedMap map = filled(records(hashed_key, static_cast<std::size_t>(state.range(0))));
    for (auto _ : state) {
        OrderedMap taken = map;
        benchmark::DoNotOptimize(taken.size());
    }
}
BENCHMARK(snapshot)->Arg(1000)->Arg(1000000);

// The price of the first write after a snapshot: the path is copied.
void put_after_snapshot(benchmark::State& state) {
    const std::vector<RecordPtr> all = records(hashed_key, static_cast<std::size_t>(state.range(0)));
    OrderedMap map = filled(all);
    OrderedMap taken;
    std::size_t next = 0;
    for (auto _ : state) {
        taken = map;
        map.put(all[next]);
        if (++next == all.size()) next = 0;
    }
}
BENCHMARK(put_after_snapshot)->Arg(1000000);

void range_stats(benchmark::State& state) {
    const std::vector<RecordPtr> all = records(hashed_key, static_cast<std::size_t>(state.range(0)));
    const OrderedMap map = filled(all);
    std::size_t next = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(map.stats_below(all[next]->key()));
        if (++next == all.size()) next = 0;
    }
}
BENCHMARK(range_stats)->Arg(1000000);

void append_change(benchmark::State& state) {
    ChangeLog log;
    const bool read = state.range(0) != 0;
    const ReaderId reader = read ? log.open_reader() : 0;
    const RecordPtr record = Record::make("key", "value");
    for (auto _ : state) {
        Change change;
        change.before = record;
        change.after = record;
        log.append(std::move(change));
        if (read && log.size() >= 1000) benchmark::DoNotOptimize(log.read(reader, 1000).data());
    }
}
BENCHMARK(append_change)->ArgName("read")->Arg(0)->Arg(1);

// Budget: 1.5 times the item plus 64 bytes, that is 364 for 200; counted by the allocator itself.
void memory_per_item(benchmark::State& state) {
    const auto count = static_cast<std::size_t>(state.range(0));
    double per_item = 0;
    double nodes = 0;
    for (auto _ : state) {
        OrderedMap map;
        const std::string value(kValueBytes, 'v');
        const std::size_t before = mallinfo2().uordblks;
        for (std::size_t i = 0; i < count; ++i) map.put(Record::make(hashed_key(i), value));
        per_item = static_cast<double>(mallinfo2().uordblks - before) / static_cast<double>(count);
        nodes = static_cast<double>(map.node_memory()) / static_cast<double>(count);
    }
    state.counters["bytes_per_item"] = per_item;
    state.counters["of_it_nodes"] = nodes;
    if (per_item > 1.5 * kValueBytes + 64) state.SkipWithError("over the budget");
}
BENCHMARK(memory_per_item)->Arg(1000)->Arg(100000)->Iterations(1);

}  // namespace
}  // namespace sortkey
