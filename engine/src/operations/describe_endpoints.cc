// DescribeEndpoints: the Region's address (spec: api.md §6).
#include "operations/describe_endpoints.h"

#include "json/object_writer.h"

namespace sortkey::describe_endpoints {

const json::Shape kInput{json::ShapeKind::Structure, "DescribeEndpointsRequest"};

Status run(Call& call) {
    ObjectWriter answer(call.out);
    std::string& list = answer.member("Endpoints");
    list += '[';
    ObjectWriter endpoint(list);
    endpoint.text("Address", "dynamodb." + call.database.region() + ".amazonaws.com");
    endpoint.integer("CachePeriodInMinutes", 1440);
    endpoint.close();
    list += ']';
    answer.close();
    return {};
}

}  // namespace sortkey::describe_endpoints
