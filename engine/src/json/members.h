// Members of a JSON object as the service sees them.
#pragma once

#include <vector>

#include "json/document.h"

namespace sortkey::json {

/// Members in the order they were sent: null ones left out, of a repeated name the last.
std::vector<Node::Member> members_of(Node object);

}  // namespace sortkey::json
