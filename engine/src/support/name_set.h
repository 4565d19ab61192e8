// Names that were seen, for requests that may hold very many. One instantiation serves everybody: the module's size
// counts.
#pragma once

#include <set>
#include <string_view>

namespace sortkey {

class NameSet {
public:
    /// False if the name is there already. The text must outlive the set.
    bool add(std::string_view name);

private:
    std::set<std::string_view> names_;
};

}  // namespace sortkey
