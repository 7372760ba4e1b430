package dev.wrtfarm.api.build;

/** A chunk of a build's log came in. */
record LogGrown(String build, int attempt, int sequence) {}
