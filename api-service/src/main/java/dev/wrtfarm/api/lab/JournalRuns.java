package dev.wrtfarm.api.lab;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrtfarm.api.build.Text;
import dev.wrtfarm.common.flash.DeviceFacts;
import dev.wrtfarm.common.flash.ImageFacts;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.hibernate.Session;
import org.jboss.logging.Logger;

/**
 * What the lines of a journal tell of runs: {@code intent} begins one, {@code ended} and {@code
 * withdrawn} say how it went. In the caller's transaction. A line that is not understood is kept
 * and says nothing.
 */
@ApplicationScoped
class JournalRuns {
  private static final Logger LOG = Logger.getLogger(JournalRuns.class);
  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private static final int LONGEST = 200;

  private final Session entities;

  JournalRuns(Session entities) {
    this.entities = entities;
  }

  void hear(String host, String line) {
    try {
      JsonNode tree = JSON.readTree(line);
      JsonNode body = tree.path("body");
      switch (tree.path("kind").asText()) {
        case "intent" -> begin(host, body);
        case "ended" -> end(host, body, Instant.parse(tree.path("at").asText()));
        case "withdrawn" -> withdraw(host, text(body, "job"));
        default -> {
          // Tells of no run.
        }
      }
    } catch (JsonProcessingException | DateTimeParseException e) {
      LOG.debugf("a line of the journal of %s tells nothing: %s", host, e.getMessage());
    }
  }

  private void begin(String host, JsonNode body) throws JsonProcessingException {
    Optional<ImageFacts> image = read(body.path("image"), ImageFacts.class);
    Optional<DeviceFacts> device = read(body.path("device"), DeviceFacts.class);
    if (image.isEmpty() || device.isEmpty() || !body.path("job").isTextual()) {
      return;
    }
    entities
        .createNativeMutationQuery(
            """
            insert into journal_run
              (host_id, job, kind, card_id, image_name, image_sha256, image_id)
            values (:host, :job, :kind, :card, :name, :sha256, nullif(:imageId, ''))
            on conflict do nothing
            """)
        .setParameter("host", host)
        .setParameter("job", text(body, "job"))
        .setParameter("kind", text(body, "kind"))
        .setParameter("card", Text.clean(CardId.of(host, device.get().card()), 2 * LONGEST))
        .setParameter("name", Text.clean(image.get().name(), LONGEST))
        .setParameter("sha256", Text.clean(image.get().sha256(), LONGEST))
        .setParameter("imageId", text(body.path("image"), "imageId"))
        .executeUpdate();
  }

  private static String text(JsonNode object, String member) {
    return Text.clean(object.path(member).asText(""), LONGEST);
  }

  private static <T> Optional<T> read(JsonNode tree, Class<T> type) throws JsonProcessingException {
    return tree.isObject() ? Optional.of(JSON.treeToValue(tree, type)) : Optional.empty();
  }

  private void end(String host, JsonNode body, Instant at) {
    JsonNode report = body.path("report");
    entities
        .createNativeMutationQuery(
            """
            update journal_run set ended_at = :at, verdict = nullif(:verdict, ''), wrote = :wrote
            where host_id = :host and job = :job
            """)
        .setParameter("at", at)
        .setParameter("verdict", text(report, "verdict"))
        .setParameter("wrote", report.path("wrote").asBoolean(true))
        .setParameter("host", host)
        .setParameter("job", text(body, "job"))
        .executeUpdate();
  }

  private void withdraw(String host, String job) {
    entities
        .createNativeMutationQuery(
            """
            update journal_run set ended_at = now(), wrote = false
            where host_id = :host and job = :job and ended_at is null
            """)
        .setParameter("host", host)
        .setParameter("job", job)
        .executeUpdate();
  }
}
