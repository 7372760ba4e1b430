package dev.wrtfarm.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a person asked for.
 *
 * @param benchmarks never empty
 * @param json where the result goes for programs
 */
record Choices(List<Benchmark> benchmarks, int rounds, Path json, boolean help) {
  private static final int USUAL_ROUNDS = 5;
  private static final int MOST_ROUNDS = 100;

  static final String USAGE =
      """
      usage: ./wrtfarm bench [--only NAME]... [--rounds N] [--json FILE]
        --only NAME   only this benchmark: %s
        --rounds N    how often everything is measured; default %d
        --json FILE   where the figures go as JSON; default testing/bench/target/bench.json\
      """
          .formatted(names(), USUAL_ROUNDS);

  /** The message is for the person who typed it. */
  static final class Unclear extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unclear(String message) {
      super(message);
    }
  }

  static Choices of(List<String> arguments, Path home) {
    List<Benchmark> only = new ArrayList<>();
    int rounds = USUAL_ROUNDS;
    Path json = home.resolve("testing/bench/target/bench.json");
    boolean help = false;
    for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
      String option = rest.next();
      switch (option) {
        case "--only" -> only.add(benchmark(value(option, rest)));
        case "--rounds" -> rounds = rounds(value(option, rest));
        case "--json" -> json = Path.of(value(option, rest));
        case "-h", "--help" -> help = true;
        default -> throw new Unclear("there is no option '" + option + "'");
      }
    }
    List<Benchmark> chosen =
        Arrays.stream(Benchmark.values())
            .filter(each -> only.isEmpty() || only.contains(each))
            .toList();
    return new Choices(chosen, rounds, json, help);
  }

  private static String value(String option, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new Unclear(option + " needs a value");
    }
    return rest.next();
  }

  private static Benchmark benchmark(String name) {
    return Arrays.stream(Benchmark.values())
        .filter(each -> each.word().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new Unclear(
                "--only: there is no benchmark '%s'; there are: %s".formatted(name, names())));
  }

  private static int rounds(String text) {
    if (text.matches("\\d{1,3}")) {
      int rounds = Integer.parseInt(text);
      if (rounds >= 1 && rounds <= MOST_ROUNDS) {
        return rounds;
      }
    }
    throw new Unclear("--rounds: '%s' is not a number from 1 to %d".formatted(text, MOST_ROUNDS));
  }

  private static String names() {
    return Arrays.stream(Benchmark.values()).map(Benchmark::word).collect(Collectors.joining(", "));
  }
}
