package dev.wrtfarm.api.log;

/** A chunk of a build's log came in. */
public record LogGrown(String build, int attempt, int sequence) {}
