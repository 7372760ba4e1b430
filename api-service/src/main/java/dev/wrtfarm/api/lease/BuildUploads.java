package dev.wrtfarm.api.lease;

import dev.wrtfarm.api.artifact.Uploads;
import dev.wrtfarm.common.worker.BlobsReply;
import dev.wrtfarm.common.worker.BlobsRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

/** Tells the worker that holds a build which of its files to send, and where. */
@ApplicationScoped
public class BuildUploads {
  private final Leases leases;
  private final Uploads uploads;

  BuildUploads(Leases leases, Uploads uploads) {
    this.leases = leases;
    this.uploads = uploads;
  }

  @Transactional
  public BlobsReply wanted(BlobsRequest request) {
    leases.lockOrLost(request.lease());
    return new BlobsReply(uploads.wanted(request.blobs()));
  }
}
