package dev.wrtfarm.api.access;

/** Whose token a route needs. */
enum Role {
  OPERATOR,
  WORKER,
  AGENT
}
