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

/// What drain_journal() is asked for.
enum class Drain : uint8_t {
    Changes,         ///< everything that changed since asked last
    Snapshot,        ///< the complete state as it is now, from its beginning
    RestOfSnapshot,  ///< the next piece of that state, whatever has changed meanwhile
};

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

    struct Drained {
        std::string_view bytes;  ///< whole frames
        bool more = false;       ///< of the snapshot; RestOfSnapshot gives it
    };
    /// Bytes to store: frames, empty if there is nothing. A snapshot comes in pieces of about `bytes_max` bytes (never
    /// less than a frame of 256 KB; 0: in one). All its pieces are of the moment it was begun: changes up to then count
    /// as asked for, later ones are Changes, which may be asked for between pieces. Beginning another, a reset and
    /// restore() give up the one under way, whose rest is empty then. Changes are never cut: a transaction is stored
    /// as one.
    Drained drain_journal(Drain what, size_t bytes_max);
    std::string_view drain_journal(bool whole) {
        return drain_journal(whole ? Drain::Snapshot : Drain::Changes, 0).bytes;
    }

    /// Replaces the state by that of `bytes`: frames of one complete state followed by later ones, as stored. Goes on
    /// behind what cannot be read, and tells what was left out. Answer: JSON `{"ok":true,"format":1,"bytes":…,
    /// "bytesRead":…,"bytesSkipped":…,"frames":…,"framesSkipped":…,"records":…,"recordsSkipped":…,"damage":null,
    /// "damages":[{"offset":…,"bytes":…,"reason":"…"}]}`; `damage` is the first of `damages`. If `ok` is false nothing
    /// has changed: a newer format, or more than memory may hold.
    std::string_view restore(std::string_view bytes);

    int64_t now_millis() const;

private:
    struct State;
    static void drop(std::unique_ptr<State> state);

    std::unique_ptr<State> state_;
};

}  // namespace sortkey
