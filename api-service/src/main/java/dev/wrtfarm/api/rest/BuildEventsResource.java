package dev.wrtfarm.api.rest;

import dev.wrtfarm.api.follow.BuildFollowers;
import dev.wrtfarm.api.follow.Told;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.Optional;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jboss.resteasy.reactive.RestStreamElementType;
import org.jspecify.annotations.Nullable;

/** What happens to a build, as server-sent events. */
@Path("/api/v2/builds/{id}/events")
public class BuildEventsResource {
  private static final long RECONNECT_MILLIS = 2_000;

  private final BuildFollowers followers;

  BuildEventsResource(BuildFollowers followers) {
    this.followers = followers;
  }

  /**
   * @param after the id of the last event that the caller has
   */
  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @RestStreamElementType(MediaType.APPLICATION_JSON)
  // Proxies must neither keep nor gather what passes.
  @ResponseHeader(name = HttpHeaders.CACHE_CONTROL, value = "no-store")
  @ResponseHeader(name = "X-Accel-Buffering", value = "no")
  @Blocking
  public Multi<OutboundSseEvent> events(
      String id,
      @HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER) @Nullable String after,
      @Context Sse sse) {
    Multi<Told> told =
        followers
            .follow(id, Optional.ofNullable(after).filter(given -> !given.isEmpty()))
            // It has heard the end. Nothing else keeps an EventSource from asking again.
            .orElseThrow(() -> new WebApplicationException(Response.noContent().build()));
    return told.map(each -> event(sse, each));
  }

  private static OutboundSseEvent event(Sse sse, Told told) {
    OutboundSseEvent.Builder event = sse.newEventBuilder();
    return told.equals(Told.SIGN)
        ? event.comment("").build()
        : event
            .id(told.place().toString())
            .name(told.event())
            .reconnectDelay(RECONNECT_MILLIS)
            .data(told.data())
            .build();
  }
}
