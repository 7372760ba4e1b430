package dev.wrtfarm.common.worker;

import java.util.List;

/** The ones to send; the others are in the store already. */
public record BlobsReply(List<Upload> uploads) {}
