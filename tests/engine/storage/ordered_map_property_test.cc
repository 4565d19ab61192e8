// Random histories against std::map, with snapshots taken, forked and dropped on the way. The seed
// is in the test's name; on failure the last steps are printed. A seed that once failed belongs in
// the list for good.
#include <gtest/gtest.h>

#include <deque>
#include <iterator>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "storage/ordered_map.h"

namespace sortkey {
namespace {

using Model = std::map<std::string, std::string>;

// std::map<std::string> compares char as unsigned through char_traits, as memcmp does.
struct Version {
    OrderedMap map;
    Model model;
};

class History {
public:
    explicit History(unsigned seed) : random_(seed), shape_(seed % 4) {}

    void run(int steps) {
        for (int step = 0; step < steps && !testing::Test::HasFailure(); ++step) {
            // Growing, steady and shrinking phases: only shrinking ones join nodes and lower the tree.
            if (step % 1000 == 0) put_share_ = std::vector<unsigned>{90, 50, 15}[below(3)];
            one_step();
            if (step % 250 == 0) check_everything();
        }
        check_everything();
        while (!testing::Test::HasFailure() && !now_.model.empty()) {
            erase(key_in_model());
            if (now_.model.size() % 97 == 0) {
                EXPECT_EQ(now_.map.check_invariants(), "");
            }
        }
        check_everything();
        if (testing::Test::HasFailure()) {
            for (const std::string& line : log_) ADD_FAILURE() << line;
        }
    }

private:
    unsigned below(unsigned limit) { return static_cast<unsigned>(random_() % limit); }

    // Four kinds of key: hashed, one collection with long equal prefixes, short ones full of zeros,
    // ascending.
    std::string random_key() {
        const unsigned number = below(6000);
        std::string key;
        switch (shape_) {
            case 0: {
                std::uint64_t hash = (number + 1) * 0x9E3779B97F4A7C15U;
                for (int i = 0; i < 8; ++i, hash >>= 8) key += static_cast<char>(hash & 255);
                return key + std::to_string(number);
            }
            case 1:
                return "one-partition-key/" + std::to_string(number);
            case 2:
                for (unsigned rest = number; rest > 0; rest /= 3)
                    key += static_cast<char>(rest % 3 == 2 ? 255 : rest % 3);
                return key;
            default:
                ascending_ += below(3);
                return "t" + std::to_string(1000000 + ascending_);
        }
    }

    std::string key_in_model() {
        auto at = now_.model.lower_bound(random_key());
        if (at == now_.model.end()) at = now_.model.begin();
        return at->first;
    }

    void note(const std::string& what, const std::string& key = {}) {
        log_.push_back(what + " " + testing::PrintToString(key));
        if (log_.size() > 20) log_.pop_front();
    }

    void put(const std::string& key) {
        note("put", key);
        const std::string value(below(40), static_cast<char>('a' + below(26)));
        const RecordPtr replaced = now_.map.put(Record::make(key, value));
        const auto at = now_.model.find(key);
        ASSERT_EQ(static_cast<bool>(replaced), at != now_.model.end());
        if (replaced) {
            ASSERT_EQ(replaced->value(), at->second);
        }
        now_.model[key] = value;
    }

    void erase(const std::string& key) {
        note("erase", key);
        const RecordPtr removed = now_.map.erase(key);
        const auto at = now_.model.find(key);
        ASSERT_EQ(static_cast<bool>(removed), at != now_.model.end());
        if (!removed) return;
        ASSERT_EQ(removed->value(), at->second);
        now_.model.erase(at);
    }

    void one_step() {
        const unsigned choice = below(100);
        if (choice < 80) {
            if (below(100) < put_share_) {
                put(random_key());
            } else {
                erase(below(4) == 0 || now_.model.empty() ? random_key() : key_in_model());
            }
        } else if (choice < 84 && kept_.size() < 6) {
            note("snapshot");
            kept_.push_back(now_);
        } else if (choice < 88 && !kept_.empty()) {
            note("drop a snapshot");
            kept_.erase(kept_.begin() + below(static_cast<unsigned>(kept_.size())));
        } else if (choice == 88 && !kept_.empty()) {
            note("go on from a snapshot");
            now_ = kept_[below(static_cast<unsigned>(kept_.size()))];
        } else if (choice < 94) {
            check_find_and_range();
        } else {
            walk();
        }
    }

    void check_find_and_range() {
        const std::string from = random_key();
        const std::string to = random_key();
        const auto found = now_.model.find(from);
        const Record* record = now_.map.peek(from);
        ASSERT_EQ(record != nullptr, found != now_.model.end());
        if (record != nullptr) {
            ASSERT_EQ(record->value(), found->second);
        }
        RangeStats expected;
        if (from < to) {
            for (auto at = now_.model.lower_bound(from); at != now_.model.lower_bound(to); ++at) {
                expected += {1, at->first.size() + at->second.size()};
            }
        }
        ASSERT_EQ(now_.map.range_stats(from, to), expected);
        if (now_.model.empty()) return;
        const auto index = below(static_cast<unsigned>(now_.model.size()));
        ASSERT_EQ(now_.map.key_at(index), std::next(now_.model.begin(), index)->first);
    }

    // A random seek, then random steps both ways, turning often.
    void walk() {
        note("walk");
        const std::string key = random_key();
        OrderedMap::Cursor cursor(now_.map);
        auto expected = now_.model.begin();
        if (below(2) == 0) {
            cursor.lower_bound(key);
            expected = now_.model.lower_bound(key);
        } else {
            cursor.upper_bound(key);
            expected = now_.model.upper_bound(key);
        }
        bool ahead = below(2) == 0;
        for (unsigned steps = below(300); steps > 0; --steps) {
            ASSERT_EQ(cursor.valid(), expected != now_.model.end());
            if (!cursor.valid()) return;
            ASSERT_EQ(cursor.key(), expected->first);
            ASSERT_EQ(cursor.value(), expected->second);
            if (below(20) == 0) ahead = !ahead;
            if (ahead) {
                cursor.next();
                ++expected;
            } else {
                cursor.prev();
                expected = expected == now_.model.begin() ? now_.model.end() : std::prev(expected);
            }
        }
    }

    static void check(const Version& version) {
        ASSERT_EQ(version.map.check_invariants(), "");
        ASSERT_EQ(version.map.size(), version.model.size());
        OrderedMap::Cursor cursor(version.map);
        cursor.first();
        for (const auto& [key, value] : version.model) {
            ASSERT_TRUE(cursor.valid());
            ASSERT_EQ(cursor.key(), key);
            ASSERT_EQ(cursor.value(), value);
            cursor.next();
        }
        ASSERT_FALSE(cursor.valid());
    }

    void check_everything() {
        check(now_);
        for (const Version& version : kept_) check(version);
    }

    std::mt19937 random_;  // the standard fixes its sequence, so a seed means the same everywhere
    unsigned shape_;
    unsigned ascending_ = 0;
    unsigned put_share_ = 90;
    Version now_;
    std::vector<Version> kept_;
    std::deque<std::string> log_;
};

class OrderedMapProperty : public testing::TestWithParam<unsigned> {};

TEST_P(OrderedMapProperty, BehavesLikeStdMapInEveryVersion) {
    SCOPED_TRACE("seed " + std::to_string(GetParam()));
    History(GetParam()).run(6000);
}

INSTANTIATE_TEST_SUITE_P(Seed, OrderedMapProperty, testing::Range(1U, 13U), testing::PrintToStringParamName());

}  // namespace
}  // namespace sortkey
