package dev.wrtfarm.api.build;

import dev.wrtfarm.common.build.BuildState;
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

/** The table of states as {@code docs/architecture.md} has it. */
final class StateTable {
  private static final Pattern ROW =
      Pattern.compile(
          "\\| ([A-Z_, ]+)(?: \\(.*\\))? \\| (\\w+) \\| ([A-Z, ]+) \\| ([A-Z, ]+) \\| (yes|no) \\|");

  private StateTable() {}

  /** One change. */
  record Change(
      Transition transition, Actor actor, Set<BuildState> from, BuildState to, boolean fence) {}

  static List<Change> documented() {
    Path page = Path.of(System.getProperty("wrtfarm.home", ".."), "docs", "architecture.md");
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
              Transition.valueOf(each.get(i)),
              Actor.valueOf(actor.toUpperCase(Locale.ROOT)),
              Arrays.stream(from.split(", ", -1))
                  .map(BuildState::valueOf)
                  .collect(Collectors.toSet()),
              BuildState.valueOf(ends.get(Math.min(i, ends.size() - 1))),
              fence.equals("yes")));
    }
  }
}
