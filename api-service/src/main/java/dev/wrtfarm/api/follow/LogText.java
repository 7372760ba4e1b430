package dev.wrtfarm.api.follow;

/** More of a build's log. The texts of all events, put together, are the log. */
record LogText(String text) {}
