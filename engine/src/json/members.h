// Members of a JSON object as the service sees them.
#pragma once

#include <map>
#include <string_view>
#include <vector>

#include "json/document.h"

namespace sortkey::json {

/// Members in the order they were sent: null ones left out, of a repeated name the last.
inline std::vector<Node::Member> members_of(Node object) {
    std::map<std::string_view, uint32_t> last;  // the cell of each name's last value
    for (const Node::Member member : object.members()) last[member.name] = member.value.cell();
    std::vector<Node::Member> members;
    for (const Node::Member member : object.members())
        if (last[member.name] == member.value.cell() && !member.value.is_null()) members.push_back(member);
    return members;
}

}  // namespace sortkey::json
