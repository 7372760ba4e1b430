package dev.wrtfarm.api.submission;

/** A request for an image broke a rule, or nothing may answer it. */
public record RequestRefused() {}
