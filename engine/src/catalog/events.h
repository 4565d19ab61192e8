// What scheduled events do when their time comes.
#pragma once

#include "catalog/account.h"

namespace sortkey {

/// Carries out one event at world.now; may say in its detail what it did. False if there is nothing to report: the
/// table is gone, or a sweep found nothing.
bool run_event(Account& account, Event& event);

}  // namespace sortkey
