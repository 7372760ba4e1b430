package dev.wrtfarm.api.submission;

/** A request came in. */
public record RequestMade(Outcome outcome) {}
