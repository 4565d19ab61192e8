#include "sortkey/engine.h"

#include <algorithm>

#include "account/journal.h"
#include "catalog/events.h"
#include "json/attribute_value.h"
#include "json/document.h"
#include "json/object_writer.h"
#include "operations/operation.h"

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

}  // namespace

struct Engine::State {
    Account account;
    Journal journal;
    Trace trace;
    json::Document document;  // reused from request to request
    std::string answer;

    std::string_view fail(const Error& error) {
        answer = std::to_string(http_status(error.code)) + "\n" + to_json(error);
        return answer;
    }
};

Engine::Engine() : state_(std::make_unique<State>()) {
    Account& account = state_->account;
    account.region(kDefaultRegion);
    std::string nothing;
    state_->journal.drain(account, nothing);  // an engine nobody has used has nothing to store
}

Engine::~Engine() = default;

int64_t Engine::now_millis() const { return state_->account.world.now_micros / 1000; }

std::string_view Engine::call(std::string_view request) {
    State& state = *state_;
    const Head head = read_head(request);
    const Operation* operation = find_operation(head.target);
    if (!operation) return state.fail(Error::make(ErrorCode::UnknownOperation, {}));
    if (!state.document.parse(head.body) || state.document.root().kind() != json::Kind::Object)
        return state.fail(Error::make(ErrorCode::Serialization, {}));

    state.answer.assign(kSuccess);
    Call call{state.account,         state.account.region(head.region),
              state.document.root(), state.answer,
              Wording::newer,        operation->name,
              state.trace,           head.host};
    const Status status = run_operation(*operation, call);
    if (!state.account.world.settings.journal) state.journal.stop(state.account);
    if (!status) return state.fail(status.error());
    return state.answer;
}

std::string_view Engine::advance(double until_millis) {
    State& state = *state_;
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

std::string_view Engine::drain_journal(bool whole) {
    State& state = *state_;
    state.answer.clear();
    if (whole) {
        state.journal.snapshot(state.account, state.answer);
    } else if (state.account.world.settings.journal) {
        state.journal.drain(state.account, state.answer);
    }
    return state.answer;
}

std::string_view Engine::restore(std::string_view bytes) {
    auto fresh = std::make_unique<State>();
    const RestoreReport report = fresh->journal.restore(fresh->account, bytes);
    if (report.ok) {
        fresh->account.region(kDefaultRegion);
        state_ = std::move(fresh);
    }
    State& state = *state_;
    state.answer.clear();
    ObjectWriter answer(state.answer);
    answer.boolean("ok", report.ok);
    answer.integer("format", report.format);
    answer.integer("bytes", static_cast<int64_t>(report.bytes));
    answer.integer("bytesRead", static_cast<int64_t>(report.bytes_read));
    answer.integer("frames", static_cast<int64_t>(report.frames));
    answer.integer("records", static_cast<int64_t>(report.records));
    if (report.damage.empty()) {
        answer.member("damage") += "null";
    } else {
        ObjectWriter damage(answer.member("damage"));
        damage.integer("offset", static_cast<int64_t>(report.bytes_read));
        damage.text("reason", report.damage);
        damage.close();
    }
    answer.close();
    return state.answer;
}

}  // namespace sortkey
