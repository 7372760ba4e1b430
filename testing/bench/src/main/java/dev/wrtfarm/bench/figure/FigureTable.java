package dev.wrtfarm.bench.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A section as text: one line per figure, in columns. */
public final class FigureTable {
  private static final List<String> HEAD = List.of("figure", "median", "min–max", "n", "ratio");

  private FigureTable() {}

  public static List<String> lines(Section section) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEAD);
    section.figures().forEach(figure -> rows.add(row(figure)));
    int[] widths =
        IntStream.range(0, HEAD.size())
            .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
            .toArray();
    return Stream.concat(
            Stream.of(section.name() + ": " + section.title()),
            rows.stream().map(row -> line(row, widths)))
        .toList();
  }

  private static List<String> row(Figure figure) {
    Samples samples = figure.samples();
    Unit unit = figure.unit();
    return List.of(
        figure.name(),
        unit.text(samples.median()),
        unit.text(samples.min()) + "–" + unit.text(samples.max()),
        Integer.toString(samples.count()),
        ratio(figure));
  }

  private static String ratio(Figure figure) {
    Figure.Reference reference = figure.reference();
    Samples ratios = figure.ratios().orElse(null);
    return reference == null || ratios == null
        ? ""
        : "%s (%s–%s) × %s"
            .formatted(
                number(ratios.median()),
                number(ratios.min()),
                number(ratios.max()),
                reference.name());
  }

  private static String number(double ratio) {
    return String.format(Locale.ROOT, ratio < 10 ? "%.2f" : "%.0f", ratio);
  }

  private static String line(List<String> row, int[] widths) {
    return IntStream.range(0, row.size())
        .mapToObj(column -> row.get(column) + " ".repeat(widths[column] - row.get(column).length()))
        .collect(Collectors.joining("  ", "  ", ""))
        .stripTrailing();
  }
}
