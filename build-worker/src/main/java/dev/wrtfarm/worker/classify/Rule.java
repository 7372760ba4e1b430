package dev.wrtfarm.worker.classify;

import dev.wrtfarm.common.build.Failure;
import dev.wrtfarm.common.build.FailureReason;
import dev.wrtfarm.common.value.ByteSize;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text that gives a reason away.
 *
 * @param message for a person; {@code {1}} is the pattern's first group, {@code {1*}} that of all
 *     matches, {@code {1 file}} the last part of a path, {@code {1 size}} a number of bytes
 */
record Rule(FailureReason reason, Pattern pattern, String message) {
  private static final Pattern PLACE = Pattern.compile("\\{(\\d)(\\*| file| size)?\\}");
  private static final int MOST_NAMED = 8;
  private static final int LINES_AROUND = 3;

  static Rule of(FailureReason reason, String regex, String message) {
    return new Rule(reason, Pattern.compile(regex, Pattern.MULTILINE), message);
  }

  Optional<Failure> find(String text) {
    List<MatchResult> matches = pattern.matcher(text).results().limit(1_000).toList();
    if (matches.isEmpty()) {
      return Optional.empty();
    }
    MatchResult first = matches.getFirst();
    String said =
        PLACE.matcher(message).replaceAll(place -> Matcher.quoteReplacement(fill(place, matches)));
    return Optional.of(new Failure(reason, said, excerpt(text, first.start(), first.end())));
  }

  private static String fill(MatchResult place, List<MatchResult> matches) {
    int group = Integer.parseInt(place.group(1));
    String value = String.valueOf(matches.getFirst().group(group));
    return switch (String.valueOf(place.group(2))) {
      case "*" -> all(matches, group);
      case " file" -> value.substring(value.lastIndexOf('/') + 1);
      case " size" -> size(value);
      default -> value;
    };
  }

  private static String all(List<MatchResult> matches, int group) {
    Set<String> values = new LinkedHashSet<>();
    matches.forEach(match -> values.add(String.valueOf(match.group(group))));
    String named = String.join(", ", values.stream().limit(MOST_NAMED).toList());
    int more = values.size() - MOST_NAMED;
    return more > 0 ? named + " and %d more".formatted(more) : named;
  }

  private static String size(String digits) {
    try {
      return new ByteSize(Long.parseLong(digits)).toString();
    } catch (NumberFormatException e) {
      return digits;
    }
  }

  private static String excerpt(String text, int start, int end) {
    int from = start;
    int to = end;
    for (int i = 0; i <= LINES_AROUND; i++) {
      from = from <= 0 ? 0 : text.lastIndexOf('\n', from - 1);
      int next = text.indexOf('\n', to < text.length() ? to + 1 : to);
      to = next < 0 ? text.length() : next;
    }
    return text.substring(Math.max(0, from), to).strip();
  }
}
