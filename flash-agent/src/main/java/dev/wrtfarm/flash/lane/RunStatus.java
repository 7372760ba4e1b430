package dev.wrtfarm.flash.lane;

/**
 * Where a run is.
 *
 * @param percent within the phase
 * @param detail for a person; empty when all is well
 */
public record RunStatus(String phase, int percent, String detail) {}
