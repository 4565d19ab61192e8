// The engine's whole public face: four calls.
//
//   sortkey::Engine engine;
//   std::string_view answer = engine.call("DynamoDB_20120810.ListTables\n{}");   // "200\n{\"TableNames\":[]}"
//   engine.advance(engine.now_millis() + 5000);                                  // due events run
//   store(engine.drain_journal(false));                                          // what changed since asked last
//   engine.restore(stored_bytes);                                                // in a new engine: all of it again
//
// The engine reads no clock, no randomness and no files. Same seed, clock and calls give the same bytes everywhere.
// Every returned view is valid until the next call on the same engine. Nothing throws.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "sortkey/version.h"

namespace sortkey {

class Engine {
public:
    Engine();
    ~Engine();
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    /// One request: "<target>[ key=value]*\n<JSON body>". Keys: region (default us-east-1), host (where it was sent to,
    /// for DescribeEndpoints to name).
    /// Answer: "<status>\n<body>" with status 200, 400 or 500; the body of an error is the service's.
    std::string_view call(std::string_view request);

    /// Moves the virtual clock to `until_millis` (never backwards) and runs what is due on the way. Answer: JSON
    /// `{"now":…,"events":[{"at":…,"kind":"TableActive","table":"Music"}],"stopped":false}`.
    std::string_view advance(double until_millis);

    /// Bytes to store. `whole` = false: frames of all changes since asked last, empty if there were none.
    /// `whole` = true: frames that hold the complete state; changes up to now count as asked for.
    std::string_view drain_journal(bool whole);

    /// Replaces the state by that of `bytes`: frames of one complete state followed by later ones, as stored. Answer:
    /// JSON
    /// `{"ok":true,"format":1,"bytes":…,"bytesRead":…,"frames":…,"records":…,"damage":null}`; what could not be read is
    /// described by `damage` `{"offset":…,"reason":"…"}`. If `ok` is false nothing has changed.
    std::string_view restore(std::string_view bytes);

    int64_t now_millis() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace sortkey
