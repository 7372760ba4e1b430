package dev.wrtfarm.api.lease;

/** A worker asked for a build. */
public record ClaimAnswered(boolean found) {}
