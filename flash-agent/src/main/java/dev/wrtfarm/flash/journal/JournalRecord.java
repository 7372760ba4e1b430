package dev.wrtfarm.flash.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.wrtfarm.common.flash.CardState;
import dev.wrtfarm.common.flash.DeviceFacts;
import dev.wrtfarm.common.flash.FlashKind;
import dev.wrtfarm.common.flash.FlashOptions;
import dev.wrtfarm.common.flash.FlashReport;
import dev.wrtfarm.common.flash.ImageFacts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the journal's lines say. Digests stand for tokens: a journal is read by many. */
public sealed interface JournalRecord {

  /** The first line. */
  record Created(String host) implements JournalRecord {}

  /** An agent, or a one-shot run, began to work with this journal. */
  record Started(String version, String bootId) implements JournalRecord {}

  /** Somebody was shown this. */
  record Planned(
      String job,
      FlashKind kind,
      String slot,
      DeviceFacts device,
      ImageFacts image,
      FlashOptions options,
      List<String> destroys,
      List<String> warnings,
      String firstMibSha256,
      String tokenSha256,
      Instant expires)
      implements JournalRecord {}

  /**
   * From here on the token is used up, and the run has its card to itself until a later line ends
   * it. Nothing is written yet.
   *
   * @param by who confirmed: {@code farm}, {@code configuration} or {@code local}
   */
  record Intent(
      String job,
      FlashKind kind,
      String slot,
      DeviceFacts device,
      ImageFacts image,
      FlashOptions options,
      String tokenSha256,
      String bootId,
      String by)
      implements JournalRecord {
    public String card() {
      return device.card();
    }
  }

  /** The word to write was given; the go follows. */
  record Acknowledged(String job) implements JournalRecord {}

  /** The run ended before its lane began: nothing was written. */
  record Withdrawn(String job, String reason) implements JournalRecord {}

  /** The lane is gone without a report: nobody knows what the card holds. */
  record Interrupted(String job, String reason) implements JournalRecord {}

  /** The lane's own report. */
  record Ended(
      String job,
      FlashKind kind,
      String slot,
      DeviceFacts device,
      ImageFacts image,
      FlashOptions options,
      FlashReport report)
      implements JournalRecord {
    public String card() {
      return device.card();
    }
  }

  /**
   * A person looked at an interrupted run's card.
   *
   * @param by {@code farm} or {@code local}
   */
  record Resolved(String job, String by, String note) implements JournalRecord {}

  /** A person's word about a card; null leaves what it was. */
  record CardMarked(String card, @Nullable CardState state, @Nullable String label)
      implements JournalRecord {}

  /** The name in the journal's lines. */
  default String kindName() {
    return kindOf(getClass());
  }

  /** Empty for what only a newer agent knows. */
  static Optional<JournalRecord> read(String kind, JsonNode body) throws JsonProcessingException {
    Class<? extends JournalRecord> type = Kinds.BY_NAME.get(kind);
    return type == null ? Optional.empty() : Optional.of(Json.MAPPER.treeToValue(body, type));
  }

  private static String kindOf(Class<?> type) {
    String name = type.getSimpleName();
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }

  /** Of all records. */
  final class Kinds {
    private static final Map<String, Class<? extends JournalRecord>> BY_NAME =
        Stream.of(JournalRecord.class.getPermittedSubclasses())
            .<Class<? extends JournalRecord>>map(type -> type.asSubclass(JournalRecord.class))
            .collect(Collectors.toUnmodifiableMap(JournalRecord::kindOf, Function.identity()));

    private Kinds() {}
  }
}
