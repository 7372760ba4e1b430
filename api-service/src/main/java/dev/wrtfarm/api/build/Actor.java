package dev.wrtfarm.api.build;

/** Who makes a change. */
public enum Actor {
  WORKER,
  REAPER,
  CALLER
}
