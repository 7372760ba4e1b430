package dev.wrtfarm.api.rest;

import dev.wrtfarm.api.flash.BootProofs;
import dev.wrtfarm.api.flash.FlashDecisions;
import dev.wrtfarm.api.flash.FlashSubmissions;
import dev.wrtfarm.api.flash.FlashViews;
import dev.wrtfarm.api.flash.Rechecks;
import dev.wrtfarm.common.flash.FlashState;
import dev.wrtfarm.common.rest.BootReport;
import dev.wrtfarm.common.rest.ConfirmFlash;
import dev.wrtfarm.common.rest.FlashView;
import dev.wrtfarm.common.rest.RecheckFlash;
import dev.wrtfarm.common.rest.ResolveFlash;
import dev.wrtfarm.common.rest.SubmitFlash;
import dev.wrtfarm.common.value.InvalidValue;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Flash jobs: have cards written or read, and decide what only a person may. */
@Path("/api/v2/flash-jobs")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class FlashJobResource {
  private final FlashSubmissions submissions;
  private final FlashDecisions decisions;
  private final BootProofs proofs;
  private final Rechecks rechecks;
  private final FlashViews views;

  FlashJobResource(
      FlashSubmissions submissions,
      FlashDecisions decisions,
      BootProofs proofs,
      Rechecks rechecks,
      FlashViews views) {
    this.submissions = submissions;
    this.decisions = decisions;
    this.proofs = proofs;
    this.rechecks = rechecks;
    this.views = views;
  }

  @POST
  public RestResponse<List<FlashView>> submit(
      SubmitFlash wish, @HeaderParam("Idempotency-Key") @Nullable String key) {
    return RestResponse.status(RestResponse.Status.ACCEPTED, submissions.submit(wish, key));
  }

  @GET
  public List<FlashView> newest(
      @QueryParam("batch") @Nullable String batch,
      @QueryParam("state") @Nullable String state,
      @QueryParam("host") @Nullable String host,
      @QueryParam("slot") @Nullable String slot,
      @QueryParam("card") @Nullable String card,
      @QueryParam("limit") @Nullable String limit) {
    return views.newest(
        new FlashViews.Filter(batch, state == null ? null : state(state), host, slot, card),
        Limits.list(limit));
  }

  private static FlashState state(String text) {
    return Arrays.stream(FlashState.values())
        .filter(each -> each.name().equals(text))
        .findFirst()
        .orElseThrow(() ->
            new InvalidValue("state", text, "give one of " + Arrays.toString(FlashState.values())));
  }

  @GET
  @Path("{id}")
  public FlashView job(String id) {
    return views.view(id);
  }

  @DELETE
  @Path("{id}")
  public FlashView cancel(String id) {
    return decisions.cancel(id);
  }

  @POST
  @Path("{id}/confirm")
  public FlashView confirm(String id, ConfirmFlash confirmation) {
    return decisions.confirm(id, confirmation);
  }

  @POST
  @Path("{id}/resolve")
  public FlashView resolve(String id, ResolveFlash resolution) {
    return decisions.resolve(id, resolution);
  }

  @POST
  @Path("{id}/boot")
  public FlashView boot(String id, BootReport report) {
    return proofs.report(id, report);
  }

  @POST
  @Path("{id}/recheck")
  public RestResponse<FlashView> recheck(String id, RecheckFlash wish) {
    return RestResponse.status(RestResponse.Status.ACCEPTED, rechecks.recheck(id, wish));
  }
}
