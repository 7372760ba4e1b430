package dev.wrtfarm.api.flash;

import dev.wrtfarm.common.flash.FlashState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The table of a flash job's states as {@code docs/flash-protocol.md} has it. */
final class FlashStateTable {
  private static final Pattern ROW =
      Pattern.compile(
          "\\| ([A-Z_, ]+)(?: \\(.*\\))? \\| (\\w+) \\| ([A-Z_, ]+) \\| ([A-Z_, ]+) \\| (yes|no) \\|");

  private FlashStateTable() {}

  /** One change. */
  record Change(
      FlashTransition transition,
      FlashActor actor,
      Set<FlashState> from,
      FlashState to,
      boolean fence) {}

  static List<Change> documented() {
    Path page = Path.of(System.getProperty("wrtfarm.home", ".."), "docs", "flash-protocol.md");
    try {
      List<Change> changes = new ArrayList<>();
      for (String line : Files.readAllLines(page)) {
        var row = ROW.matcher(line);
        if (row.matches()) {
          add(row.group(1), row.group(2), row.group(3), row.group(4), row.group(5), changes);
        }
      }
      return changes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void add(
      String names, String actor, String from, String to, String fence, List<Change> changes) {
    List<String> each = List.of(names.split(", ", -1));
    List<String> ends = List.of(to.split(", ", -1));
    for (int i = 0; i < each.size(); i++) {
      changes.add(
          new Change(
              FlashTransition.valueOf(each.get(i)),
              FlashActor.valueOf(actor.toUpperCase(Locale.ROOT)),
              Arrays.stream(from.split(", ", -1))
                  .map(FlashState::valueOf)
                  .collect(Collectors.toSet()),
              FlashState.valueOf(ends.get(Math.min(i, ends.size() - 1))),
              fence.equals("yes")));
    }
  }
}
