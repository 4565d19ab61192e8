// What is due comes in the order of time, and at one time in the order it was scheduled: runs repeat exactly.
#include "simulation/event_queue.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace sortkey {
namespace {

Event event(int64_t at, EventKind kind, uint32_t table, std::string detail = {}, std::string region = "us-east-1") {
    return {at, kind, std::move(region), table, "table", std::move(detail)};
}

std::vector<std::string> taken(EventQueue& queue, int64_t until) {
    std::vector<std::string> all;
    for (Event next; queue.take_due(until, next);) all.push_back(std::to_string(next.at_micros) + next.detail);
    return all;
}

TEST(EventQueue, GivesWhatIsDueInOrderAndKeepsTheRest) {
    EventQueue queue;
    queue.schedule(event(30, EventKind::TableActive, 1, "c"));
    queue.schedule(event(10, EventKind::TableActive, 1, "a"));
    queue.schedule(event(20, EventKind::IndexActive, 1, "b1"));
    queue.schedule(event(20, EventKind::TableActive, 2, "b2"));
    queue.schedule(event(20, EventKind::TableActive, 1, "b3"));
    EXPECT_EQ(queue.next_at(), 10);
    EXPECT_EQ(taken(queue, 9), (std::vector<std::string>{}));
    EXPECT_EQ(taken(queue, 20), (std::vector<std::string>{"10a", "20b1", "20b2", "20b3"}));
    EXPECT_EQ(taken(queue, 29), (std::vector<std::string>{}));
    EXPECT_FALSE(queue.empty());
    EXPECT_EQ(taken(queue, 30), (std::vector<std::string>{"30c"}));
    EXPECT_TRUE(queue.empty());
}

TEST(EventQueue, CancelsOneKindOfOneTableOfOneRegion) {
    EventQueue queue;
    queue.schedule(event(1, EventKind::IndexActive, 1, "-one"));
    queue.schedule(event(2, EventKind::IndexActive, 1, "-two"));
    queue.schedule(event(3, EventKind::IndexActive, 2, "-other table"));
    queue.schedule(event(4, EventKind::IndexActive, 1, "-other Region", "eu-west-1"));
    queue.schedule(event(5, EventKind::TableActive, 1, "-other kind"));
    queue.cancel(EventKind::IndexActive, "us-east-1", 1, "-two");
    queue.cancel(EventKind::IndexActive, "us-east-1", 7);
    EXPECT_EQ(taken(queue, 1), (std::vector<std::string>{"1-one"}));
    queue.schedule(event(2, EventKind::IndexActive, 1, "-two again"));
    queue.cancel(EventKind::IndexActive, "us-east-1", 1);
    EXPECT_EQ(taken(queue, 9), (std::vector<std::string>{"3-other table", "4-other Region", "5-other kind"}));
}

TEST(EventQueue, ACopyIsAQueueOfItsOwn) {
    EventQueue queue;
    queue.schedule(event(1, EventKind::TableActive, 1, "a"));
    EventQueue copy = queue;
    queue.clear();
    EXPECT_EQ(taken(copy, 1), (std::vector<std::string>{"1a"}));
}

TEST(EventKinds, HaveNamesThatLeadBack) {
    for (uint8_t i = 0; i <= static_cast<uint8_t>(EventKind::StreamTrim); ++i) {
        EventKind kind{};
        ASSERT_TRUE(event_kind(event_name(static_cast<EventKind>(i)), kind));
        EXPECT_EQ(kind, static_cast<EventKind>(i));
    }
    EventKind kind{};
    EXPECT_FALSE(event_kind("Nothing", kind));
}

}  // namespace
}  // namespace sortkey
