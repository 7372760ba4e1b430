package dev.wrtfarm.api.lease;

/** A worker reported an end under a lease that is not the build's any more. */
public record EndRefused() {}
