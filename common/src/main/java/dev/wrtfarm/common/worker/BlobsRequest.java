package dev.wrtfarm.common.worker;

import java.util.List;

/** Which of these shall I send? */
public record BlobsRequest(Lease lease, List<BlobOffer> blobs) {}
