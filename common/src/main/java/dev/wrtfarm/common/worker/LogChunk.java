package dev.wrtfarm.common.worker;

/**
 * A piece of the running build's log, for those who follow it.
 *
 * @param sequence 0, 1, 2 … within the attempt; the same number again is ignored
 */
public record LogChunk(Lease lease, int sequence, String text) {}
