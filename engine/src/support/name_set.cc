#include "support/name_set.h"

namespace sortkey {

bool NameSet::add(std::string_view name) { return names_.insert(name).second; }

}  // namespace sortkey
