#include "json/members.h"

#include "support/name_set.h"

namespace sortkey::json {

std::vector<Node::Member> members_of(Node object) {
    std::vector<Node::Member> all;
    for (const Node::Member member : object.members()) all.push_back(member);
    // From the back, the first of a name is its last.
    NameSet seen;
    size_t kept = all.size();
    for (size_t i = all.size(); i-- > 0;)
        if (seen.add(all[i].name) && !all[i].value.is_null()) all[--kept] = all[i];
    all.erase(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(kept));
    return all;
}

}  // namespace sortkey::json
