// What scheduled events do when their time comes.
#pragma once

#include "catalog/account.h"

namespace sortkey {

/// Carries out one event at world.now. Events of tables that are gone do nothing and return false.
bool run_event(Account& account, const Event& event);

}  // namespace sortkey
