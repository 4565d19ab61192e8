// Members of JSON that was stored. Stored bytes are not trusted: what has another type than it should reads as absent.
#pragma once

#include <cstdint>
#include <string_view>

#include "json/document.h"

namespace sortkey::json {

bool is(Node node, Kind kind);

/// Text of a string; of anything else, none.
std::string_view stored_text(Node node);

Node stored_member(Node object, std::string_view name);
std::string_view text_in(Node object, std::string_view name);
int64_t integer_in(Node object, std::string_view name, int64_t otherwise = 0);
bool boolean_in(Node object, std::string_view name);

/// Elements of an array; of anything else, none.
Node::Range stored_elements(Node node);
Node::Range elements_in(Node object, std::string_view name);

}  // namespace sortkey::json
