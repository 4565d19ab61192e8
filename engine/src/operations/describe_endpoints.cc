// DescribeEndpoints: where to send requests to (spec: api.md §6). A client that follows the answer stays where it
// asked.
#include "operations/describe_endpoints.h"

#include "json/object_writer.h"

namespace sortkey::describe_endpoints {

const json::Shape kInput{json::ShapeKind::Structure, "DescribeEndpointsRequest"};

Status run(Call& call) {
    ObjectWriter answer(call.out);
    std::string& list = answer.member("Endpoints");
    list += '[';
    ObjectWriter endpoint(list);
    if (call.host.empty()) {
        endpoint.text("Address", "dynamodb." + call.database.region() + ".amazonaws.com");
    } else {
        endpoint.text("Address", call.host);
    }
    endpoint.integer("CachePeriodInMinutes", 1440);
    endpoint.close();
    list += ']';
    answer.close();
    return {};
}

}  // namespace sortkey::describe_endpoints
