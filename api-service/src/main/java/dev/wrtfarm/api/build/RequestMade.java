package dev.wrtfarm.api.build;

/** A request came in. */
record RequestMade(Outcome outcome) {}
