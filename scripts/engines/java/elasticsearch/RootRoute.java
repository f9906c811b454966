package keytrail;

import java.util.List;
import java.util.function.Supplier;
import org.elasticsearch.Build;
import org.elasticsearch.client.internal.node.NodeClient;
import org.elasticsearch.cluster.ClusterState;
import org.elasticsearch.rest.BaseRestHandler;
import org.elasticsearch.rest.RestRequest;
import org.elasticsearch.rest.RestResponse;
import org.elasticsearch.rest.RestStatus;

/** GET and HEAD /: who the server is. The bare server has no such route, and clients ask for it first. */
final class RootRoute extends BaseRestHandler {
    private final Supplier<ClusterState> state;

    RootRoute(Supplier<ClusterState> state) {
        this.state = state;
    }

    @Override
    public String getName() {
        return "keytrail_root";
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route(RestRequest.Method.GET, "/"), new Route(RestRequest.Method.HEAD, "/"));
    }

    @Override
    protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) {
        return channel -> {
            Build build = Build.current();
            ClusterState now = state.get();
            var answer = channel.newBuilder().startObject();
            answer.field("name", now.nodes().getLocalNode().getName());
            answer.field("cluster_name", now.getClusterName().value());
            answer.field("cluster_uuid", now.metadata().clusterUUID());
            answer.startObject("version");
            answer.field("number", build.qualifiedVersion());
            answer.field("build_flavor", build.flavor());
            answer.endObject().field("tagline", "You Know, for Search").endObject();
            channel.sendResponse(new RestResponse(RestStatus.OK, answer));
        };
    }
}
