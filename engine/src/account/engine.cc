#include "sortkey/engine.h"

#include <algorithm>

#include "account/journal.h"
#include "catalog/events.h"
#include "catalog/memory_limit.h"
#include "json/attribute_value.h"
#include "json/document.h"
#include "json/object_writer.h"
#include "operations/operation.h"
#include "sortkey/limits.h"

namespace sortkey {
namespace {

/// The first line of a request: target and parameters.
struct Head {
    std::string_view target;
    std::string_view region = kDefaultRegion;
    std::string_view host;
    std::string_view body;
};

Head read_head(std::string_view request) {
    Head head;
    const size_t line_end = request.find('\n');
    std::string_view line = request.substr(0, line_end);
    if (line_end != std::string_view::npos) head.body = request.substr(line_end + 1);
    size_t space = line.find(' ');
    head.target = line.substr(0, space);
    while (space != std::string_view::npos) {
        line.remove_prefix(space + 1);
        space = line.find(' ');
        const std::string_view parameter = line.substr(0, space);
        if (parameter.starts_with("region=") && parameter.size() > 7) head.region = parameter.substr(7);
        if (parameter.starts_with("host=")) head.host = parameter.substr(5);
    }
    return head;
}

constexpr std::string_view kSuccess = "200\n";

// What a request needed on the way is kept for the next one unless it was exceptionally large.
constexpr size_t kKeptBytesMax = 1 << 20;

}  // namespace

struct Engine::State {
    Account account;
    Journal journal;
    Trace trace;
    json::Document document;  // reused from request to request
    std::string answer;
    uint64_t held_bytes = 0;  // as HeldMemory counts

    std::string_view fail(const Error& error) {
        answer = std::to_string(http_status(error.code)) + "\n" + to_json(error);
        forget_large();
        return answer;
    }
    void forget_large() {
        if (document.memory() > kKeptBytesMax) document = json::Document();
    }
};

Engine::Engine() : state_(std::make_unique<State>()) {
    const HeldMemory::Counting here(state_->held_bytes);
    Account& account = state_->account;
    account.region(kDefaultRegion);
    std::string nothing;
    state_->journal.drain(account, nothing);  // an engine nobody has used has nothing to store
}

Engine::~Engine() { drop(std::move(state_)); }

void Engine::drop(std::unique_ptr<State> state) {
    uint64_t held_bytes = state->held_bytes;
    const HeldMemory::Counting there(held_bytes);
    state.reset();
}

int64_t Engine::now_millis() const { return state_->account.world.now_micros / 1000; }

std::string_view Engine::call(std::string_view request) {
    State& state = *state_;
    const HeldMemory::Counting here(state.held_bytes);
    const Head head = read_head(request);
    const Operation* operation = find_operation(head.target);
    if (!operation) return state.fail(Error::make(ErrorCode::UnknownOperation, {}));
    if (state.answer.capacity() > kKeptBytesMax) state.answer = std::string();
    if (head.body.size() > limits::kRequestBytesMax)
        return state.fail(Error::make(ErrorCode::Serialization, "The request is larger than 16 MB"));
    if (!state.document.parse(head.body))
        return state.fail(state.document.too_deep() ? Error::validation(std::string(json::kNestingText))
                                                    : Error::make(ErrorCode::Serialization, {}));
    if (state.document.root().kind() != json::Kind::Object)
        return state.fail(Error::make(ErrorCode::Serialization, {}));
    // A Region stays once it was named.
    if (!state.account.regions.contains(head.region))
        if (const Status room = check_memory(state.account.world, kMemoryForDefinition); !room)
            return state.fail(room.error());

    state.answer.assign(kSuccess);
    Call call{state.account,         state.account.region(head.region),
              state.document.root(), state.answer,
              Wording::newer,        operation->name,
              state.trace,           head.host};
    const Status status = run_operation(*operation, call);
    if (!state.account.world.settings.journal) state.journal.stop(state.account);
    if (!status) return state.fail(status.error());
    state.forget_large();
    return state.answer;
}

std::string_view Engine::advance(double until_millis) {
    State& state = *state_;
    const HeldMemory::Counting here(state.held_bytes);
    World& world = state.account.world;
    // Not a number is no moment either: the clock then stays where it is.
    const double until_micros = std::min(until_millis * 1000, static_cast<double>(kEndMicros));
    const int64_t until = until_micros > 0 ? static_cast<int64_t>(until_micros) : 0;
    state.answer.clear();
    ObjectWriter answer(state.answer);
    std::string events;
    Event event;
    while (world.events.take_due(until, event)) {
        if (event.at_micros > world.now_micros) world.now_micros = event.at_micros;
        if (!run_event(state.account, event)) continue;
        if (!events.empty()) events += ',';
        ObjectWriter object(events);
        object.integer("at", event.at_micros / 1000);
        object.text("kind", event_name(event.kind));
        object.text("table", event.table_name);
        if (!event.detail.empty()) object.text("detail", event.detail);
        object.close();
    }
    if (until > world.now_micros) world.now_micros = until;
    answer.integer("now", world.now_micros / 1000);
    answer.member("events") += "[" + events + "]";
    answer.boolean("stopped", false);
    answer.close();
    return state.answer;
}

Engine::Drained Engine::drain_journal(Drain what, size_t bytes_max) {
    State& state = *state_;
    const HeldMemory::Counting here(state.held_bytes);
    state.answer.clear();
    if (what == Drain::Changes) {
        if (state.account.world.settings.journal) state.journal.drain(state.account, state.answer);
        return {state.answer};
    }
    if (what == Drain::Snapshot) state.journal.begin_snapshot(state.account);
    if (bytes_max != 0) state.answer.reserve(bytes_max + kFramePayloadTarget);
    const bool more = state.journal.write_snapshot(state.answer, bytes_max);
    return {state.answer, more};
}

std::string_view Engine::restore(std::string_view bytes) {
    auto fresh = std::make_unique<State>();
    RestoreReport report;
    {
        const HeldMemory::Counting here(fresh->held_bytes);
        report = fresh->journal.restore(fresh->account, bytes);
        fresh->account.region(kDefaultRegion);
    }
    // The limit is the host's, whatever it opens.
    fresh->account.world.settings.memory_limit_bytes = state_->account.world.settings.memory_limit_bytes;
    if (report.ok) std::swap(state_, fresh);
    drop(std::move(fresh));
    state_->answer = to_json(report);
    return state_->answer;
}

}  // namespace sortkey
