// Any text as a script of requests (script.h): every answer is JSON of status 200 or 400, a refused request changes
// nothing, and what was written to the journal on the way restores to the same state.
#include "script.h"

FUZZ_TARGET(request) {
    sortkey::Engine engine;
    std::string journal = sortkey::fuzz::furnished();
    engine.restore(journal);
    const std::string before = sortkey::fuzz::digest(engine);
    sortkey::fuzz::Script(engine).run(input);
    sortkey::fuzz::check_answer(sortkey::fuzz::call(engine, "Sortkey_20261120.ExplainRequest", "{}"));

    const std::string after = sortkey::fuzz::digest(engine);
    if (after == before) return;
    journal += engine.drain_journal(false);
    if (journal.empty()) return;
    sortkey::Engine again;
    const std::string report(again.restore(journal));
    if (report.find("\"damage\":null") == std::string::npos) sortkey::fuzz::fail("a journal was not read back", report);
    if (sortkey::fuzz::digest(again) != after) sortkey::fuzz::fail("a journal was read back differently", report);
}
