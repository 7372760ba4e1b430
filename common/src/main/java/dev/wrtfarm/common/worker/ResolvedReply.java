package dev.wrtfarm.common.worker;

/**
 * Either the build has ended as REUSED and the worker drops it, or it goes on.
 *
 * @param imageId to be written into the image
 */
public record ResolvedReply(boolean reused, String imageId) {}
