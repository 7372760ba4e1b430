package dev.wrtfarm.api.submission;

/** The states of a request. What an open one shows is its build's state. */
enum RequestState {
  OPEN,
  CANCELLED
}
