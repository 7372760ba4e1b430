package dev.wrtfarm.common.agent;

/**
 * Keeps the lease, and tells where the run is.
 *
 * @param phase {@code plan}, {@code canaries}, {@code wipe}, {@code write}, {@code verify} …
 * @param percent within the phase
 */
public record FlashProgress(FlashLease lease, String phase, int percent, String detail) {}
