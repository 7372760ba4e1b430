package dev.wrtfarm.common.worker;

/** The worker gives the build back unharmed, for example because it is shutting down. */
public record Release(Lease lease, String why) {}
