package dev.wrtfarm.api.event;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A CloudEvent about a build, in its structured JSON form: everything is in the record's value. */
record BuildEvent(String kind, String build, Map<String, Object> data) {
  static final String STATE = "state";
  static final String STAGE = "stage";
  static final String LOG = "log";
  static final List<String> KINDS = List.of(STATE, STAGE, LOG);
  static final String CONTENT_TYPE = "application/cloudevents+json; charset=UTF-8";

  /** The members of its JSON form, made now. */
  Map<String, Object> members() {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("specversion", "1.0");
    event.put("id", UUID.randomUUID().toString());
    event.put("source", "/api/v2/builds");
    event.put("type", "dev.wrtfarm.build." + kind);
    event.put("subject", build);
    event.put("time", Instant.now());
    event.put("datacontenttype", "application/json");
    event.put("data", data);
    return event;
  }
}
