// Members of a JSON object as the service sees them.
#pragma once

#include <vector>

#include "json/document.h"

namespace sortkey::json {

/// Members in the order they were sent: null ones left out, of a repeated name the last.
inline std::vector<Node::Member> members_of(Node object) {
    std::vector<Node::Member> members;
    for (const Node::Member member : object.members()) {
        const Node last = object.find(member.name);
        if (last && last.cell() == member.value.cell()) members.push_back(member);
    }
    return members;
}

}  // namespace sortkey::json
