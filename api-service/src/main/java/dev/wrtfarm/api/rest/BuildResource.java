package dev.wrtfarm.api.rest;

import dev.wrtfarm.api.build.ArtifactLinks;
import dev.wrtfarm.api.build.BuildViews;
import dev.wrtfarm.api.submission.BuildRequests;
import dev.wrtfarm.common.rest.ArtifactView;
import dev.wrtfarm.common.rest.BuildView;
import dev.wrtfarm.common.rest.ForecastView;
import dev.wrtfarm.common.rest.RequestView;
import dev.wrtfarm.common.rest.SubmitBuild;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Builds: have one made, look at them, get their files. */
@Path("/api/v2/builds")
@Produces(MediaType.APPLICATION_JSON)
public class BuildResource {
  private final BuildRequests requests;
  private final BuildViews views;
  private final ArtifactLinks links;

  BuildResource(BuildRequests requests, BuildViews views, ArtifactLinks links) {
    this.requests = requests;
    this.views = views;
    this.links = links;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @APIResponse(
      responseCode = "202",
      description = "The request, and the build that it waits for",
      content = @Content(schema = @Schema(implementation = RequestView.class)))
  @APIResponse(
      responseCode = "200",
      description = "The request and the ended build that answers it; with dryRun, a forecast",
      content = @Content(schema = @Schema(oneOf = {RequestView.class, ForecastView.class})))
  public RestResponse<Object> submit(
      SubmitBuild submitted, @HeaderParam("Idempotency-Key") @Nullable String key) {
    if (Boolean.TRUE.equals(submitted.dryRun())) {
      return RestResponse.ok(requests.forecast(submitted));
    }
    RequestView request = requests.submit(submitted, key);
    boolean ended = request.outcome().equals("reused");
    return RestResponse.ResponseBuilder.<Object>create(
            ended ? RestResponse.Status.OK : RestResponse.Status.ACCEPTED)
        .location(URI.create("/api/v2/requests/" + request.id()))
        .entity(request)
        .build();
  }

  @GET
  public List<BuildView> newest(@QueryParam("limit") @Nullable String limit) {
    return views.newest(Limits.list(limit));
  }

  @GET
  @Path("{id}")
  public BuildView build(String id) {
    return views.view(id);
  }

  @GET
  @Path("{id}/artifacts")
  public List<ArtifactView> artifacts(String id) {
    return views.artifacts(id);
  }

  @GET
  @Path("{id}/artifacts/{name}")
  @Produces(MediaType.WILDCARD)
  public RestResponse<Void> artifact(String id, String name) {
    return RestResponse.ResponseBuilder.<Void>create(RestResponse.Status.TEMPORARY_REDIRECT)
        .location(links.link(id, name))
        .header("Cache-Control", "no-store")
        .build();
  }
}
