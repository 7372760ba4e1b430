package dev.wrtfarm.common.worker;

/** The lease is kept for this many seconds from now. */
public record HeartbeatReply(int leaseSeconds) {}
