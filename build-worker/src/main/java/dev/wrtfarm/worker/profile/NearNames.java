package dev.wrtfarm.worker.profile;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The names that somebody may have meant. */
public final class NearNames {
  private static final int MOST = 3;
  private static final int FARTHEST = 6;

  private NearNames() {}

  public static List<String> of(String meant, Collection<String> names) {
    record Near(String name, int distance) {}
    return names.stream()
        .map(name -> new Near(name, distance(meant, name)))
        .filter(near -> near.distance() <= FARTHEST)
        .sorted(Comparator.comparingInt(Near::distance).thenComparing(Near::name))
        .limit(MOST)
        .map(Near::name)
        .toList();
  }

  /** Levenshtein's, with nothing to pay when one name holds the other. */
  private static int distance(String meant, String name) {
    String a = meant.toLowerCase(Locale.ROOT).replace(',', '_');
    String b = name.toLowerCase(Locale.ROOT);
    if (a.length() > 2 && b.contains(a)) {
      return 0;
    }
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int same = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(same, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
