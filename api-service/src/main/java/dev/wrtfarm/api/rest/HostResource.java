package dev.wrtfarm.api.rest;

import dev.wrtfarm.api.lab.Hosts;
import dev.wrtfarm.api.lab.Journals;
import dev.wrtfarm.common.rest.HostView;
import dev.wrtfarm.common.rest.JournalView;
import dev.wrtfarm.common.value.InvalidValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lab hosts, their slots, and the farm's copies of their agents' journals. */
@Path("/api/v2/hosts")
@Produces(MediaType.APPLICATION_JSON)
public class HostResource {
  private final Hosts hosts;
  private final Journals journals;

  HostResource(Hosts hosts, Journals journals) {
    this.hosts = hosts;
    this.journals = journals;
  }

  @GET
  public List<HostView> all() {
    return hosts.all();
  }

  @GET
  @Path("{host}")
  public HostView host(String host) {
    return hosts.view(host);
  }

  @GET
  @Path("{host}/journal")
  public JournalView journal(
      String host,
      @QueryParam("from") @Nullable String from,
      @QueryParam("limit") @Nullable String limit) {
    return journals.view(host, from == null ? 1 : number(from), Limits.list(limit));
  }

  private static long number(String text) {
    if (text.matches("[1-9]\\d{0,17}")) {
      return Long.parseLong(text);
    }
    throw new InvalidValue("from", text, "give the number of a line, 1 or more");
  }
}
