package dev.wrtfarm.bench.figure;

import java.util.List;

/**
 * The figures of one benchmark.
 *
 * @param name as {@code --only} takes it
 */
public record Section(String name, String title, List<Figure> figures) {
  public Section {
    figures = List.copyOf(figures);
  }
}
