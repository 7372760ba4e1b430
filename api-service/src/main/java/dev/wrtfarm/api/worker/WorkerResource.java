package dev.wrtfarm.api.worker;

import dev.wrtfarm.api.lease.BuildUploads;
import dev.wrtfarm.api.lease.Claims;
import dev.wrtfarm.api.lease.Completion;
import dev.wrtfarm.api.lease.Failing;
import dev.wrtfarm.api.lease.Leases;
import dev.wrtfarm.api.lease.LogIntake;
import dev.wrtfarm.api.lease.Releases;
import dev.wrtfarm.api.lease.Resolution;
import dev.wrtfarm.api.lease.Workers;
import dev.wrtfarm.common.worker.BlobsReply;
import dev.wrtfarm.common.worker.BlobsRequest;
import dev.wrtfarm.common.worker.Claim;
import dev.wrtfarm.common.worker.ClaimRequest;
import dev.wrtfarm.common.worker.Complete;
import dev.wrtfarm.common.worker.EndReply;
import dev.wrtfarm.common.worker.Fail;
import dev.wrtfarm.common.worker.Heartbeat;
import dev.wrtfarm.common.worker.HeartbeatReply;
import dev.wrtfarm.common.worker.LogChunk;
import dev.wrtfarm.common.worker.Release;
import dev.wrtfarm.common.worker.Resolved;
import dev.wrtfarm.common.worker.ResolvedReply;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestResponse;

/** The job protocol. Only an explicit 409 stops a worker's build. */
@Path("/api/worker/v1")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class WorkerResource {
  private final Claims claims;
  private final Leases leases;
  private final Resolution resolution;
  private final BuildUploads uploads;
  private final LogIntake log;
  private final Completion completion;
  private final Failing failing;
  private final Releases releases;
  private final Workers workers;

  WorkerResource(
      Claims claims,
      Leases leases,
      Resolution resolution,
      BuildUploads uploads,
      LogIntake log,
      Completion completion,
      Failing failing,
      Releases releases,
      Workers workers) {
    this.claims = claims;
    this.leases = leases;
    this.resolution = resolution;
    this.uploads = uploads;
    this.log = log;
    this.completion = completion;
    this.failing = failing;
    this.releases = releases;
    this.workers = workers;
  }

  @POST
  @Path("claim")
  public RestResponse<Claim> claim(ClaimRequest request) {
    Optional<Claim> claim = claims.claim(request);
    workers.seen(request.worker());
    return claim.<RestResponse<Claim>>map(RestResponse::ok).orElseGet(RestResponse::noContent);
  }

  @POST
  @Path("heartbeat")
  public HeartbeatReply heartbeat(Heartbeat beat) {
    HeartbeatReply reply = leases.heartbeat(beat);
    workers.seenWith(beat.lease().build());
    return reply;
  }

  @POST
  @Path("resolved")
  public ResolvedReply resolved(Resolved report) {
    return resolution.resolved(report);
  }

  @POST
  @Path("blobs")
  public BlobsReply blobs(BlobsRequest request) {
    return uploads.wanted(request);
  }

  @POST
  @Path("log")
  public void log(LogChunk chunk) {
    log.add(chunk);
  }

  @POST
  @Path("complete")
  public EndReply complete(Complete report) {
    return completion.complete(report);
  }

  @POST
  @Path("fail")
  public EndReply fail(Fail report) {
    return failing.fail(report);
  }

  @POST
  @Path("release")
  public EndReply release(Release report) {
    return releases.release(report);
  }
}
