#include "storage/record.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace sortkey {
namespace {

TEST(Record, HoldsKeyAndValueBytesAsGiven) {
    const std::string key("k\0\xff", 3);
    const RecordPtr record = Record::make(key, std::string_view("\0v", 2));
    EXPECT_EQ(record->key(), key);
    EXPECT_EQ(record->value(), std::string_view("\0v", 2));
    EXPECT_EQ(record->size(), 5U);
}

// Empty views may have a null data(): the case in which memcpy would be undefined.
TEST(Record, BothPartsMayBeEmpty) {
    const RecordPtr record = Record::make({}, {});
    EXPECT_TRUE(record->key().empty());
    EXPECT_TRUE(record->value().empty());
}

// Under AddressSanitizer this is the test that references are counted right: too few and the bytes
// are gone, too many and the leak checker speaks up.
TEST(Record, LivesAsLongAsItsLastPointer) {
    RecordPtr first = Record::make("key", "value");
    RecordPtr second = first;
    EXPECT_EQ(first, second);
    RecordPtr third = std::move(first);
    EXPECT_EQ(first, nullptr);
    second = nullptr;
    EXPECT_EQ(third->value(), "value");
    RecordPtr& alias = third;
    third = alias;  // assignment to itself keeps it
    EXPECT_EQ(third->key(), "key");
    RecordPtr retained(third.get());
    third = Record::make("other", "");
    EXPECT_EQ(retained->key(), "key");
}

TEST(Record, DetachAndAdoptHandTheReferenceOver) {
    RecordPtr owner = Record::make("key", "value");
    const Record* raw = owner.detach();
    EXPECT_FALSE(owner);
    const RecordPtr again = RecordPtr::adopt(raw);
    EXPECT_EQ(again->key(), "key");
}

TEST(Record, PointersCompareByIdentity) { EXPECT_FALSE(Record::make("same", "same") == Record::make("same", "same")); }

}  // namespace
}  // namespace sortkey
