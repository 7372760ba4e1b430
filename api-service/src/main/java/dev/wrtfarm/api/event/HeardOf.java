package dev.wrtfarm.api.event;

/** Another replica told that something happened to this build. */
public record HeardOf(String build) {}
