package dev.wrtfarm.api.rest;

import dev.wrtfarm.api.submission.Requests;
import dev.wrtfarm.common.rest.RequestView;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import org.jboss.resteasy.reactive.RestResponse;

/** Callers' wishes: look at one, or cancel it. */
@Path("/api/v2/requests/{id}")
@Produces(MediaType.APPLICATION_JSON)
public class RequestResource {
  private final Requests requests;

  RequestResource(Requests requests) {
    this.requests = requests;
  }

  @GET
  public RequestView request(String id) {
    return requests.view(id);
  }

  /** Those of its build. */
  @GET
  @Path("events")
  @Produces(MediaType.WILDCARD)
  public RestResponse<Void> events(String id) {
    return RestResponse.ResponseBuilder.<Void>create(RestResponse.Status.TEMPORARY_REDIRECT)
        .location(URI.create("/api/v2/builds/" + requests.view(id).build().id() + "/events"))
        .build();
  }

  @DELETE
  public void cancel(String id) {
    requests.cancel(id);
  }
}
