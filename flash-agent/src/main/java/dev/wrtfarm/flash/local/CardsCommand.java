package dev.wrtfarm.flash.local;

import dev.wrtfarm.common.flash.CardState;
import dev.wrtfarm.flash.card.CardRecord;
import dev.wrtfarm.flash.journal.JournalRecord.CardMarked;
import dev.wrtfarm.flash.journal.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code cards}, and a person's word about one. */
record CardsCommand(PrintStream out) {
  int run(List<String> line) throws UsageWrong, IOException {
    Arguments arguments = Arguments.parse(line, Set.of("data", "state", "label"), Set.of("json"));
    Path data = arguments.value("data").map(Path::of).orElse(LocalCommand.DATA);
    List<String> words = arguments.words();
    try (Books books = Books.open(data)) {
      if (words.size() == 2 && words.getFirst().equals("mark")) {
        mark(books, words.get(1), arguments);
      } else if (!words.isEmpty()) {
        throw new UsageWrong("say: cards, or: cards mark ID --state STATE");
      }
      show(books.cards().cards(), arguments.has("json"));
    }
    return LocalMain.DONE;
  }

  private static void mark(Books books, String id, Arguments arguments)
      throws UsageWrong, IOException {
    CardState state = state(arguments.value("state").orElse(null));
    String label = arguments.value("label").orElse(null);
    if (state == null && label == null) {
      throw new UsageWrong("cards mark: give --state or --label");
    }
    books.journal().append(new CardMarked(id, state, label));
  }

  private static @Nullable CardState state(@Nullable String word) throws UsageWrong {
    if (word == null) {
      return null;
    }
    try {
      return CardState.valueOf(word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new UsageWrong(
          "--state is '%s': give new, qualified, suspect, quarantined or retired".formatted(word));
    }
  }

  private void show(List<CardRecord> cards, boolean json) throws IOException {
    if (json) {
      out.println(Json.MAPPER.writeValueAsString(cards));
      return;
    }
    if (cards.isEmpty()) {
      out.println("no card was worked on yet");
    }
    for (CardRecord card : cards) {
      out.println(
          "%s%s  %s  score %d  %s  %s"
              .formatted(
                  card.id(),
                  card.label() == null ? "" : " \"" + card.label() + "\"",
                  card.state(),
                  card.score(),
                  card.lastVerdict() == null
                      ? "no run yet"
                      : "%d runs, last %s".formatted(card.runs(), card.lastVerdict()),
                  card.imageName() == null
                      ? "content not known"
                      : "holds %s since %s".formatted(card.imageName(), card.since())));
    }
  }
}
