package dev.wrtfarm.api.imagebuilder;

import com.fasterxml.jackson.databind.JsonNode;

/** What the download server said about one of its files. */
sealed interface UpstreamAnswer {
  record Found(JsonNode json) implements UpstreamAnswer {}

  /** It has no such file: a definite answer. */
  record Absent() implements UpstreamAnswer {}

  /** No answer, a late one, or one that makes no sense. */
  record Unreachable(String why) implements UpstreamAnswer {}
}
