package dev.wrtfarm.common;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A small seeded generator for property tests: each case is named by its seed, and {@code
 * -Dseed=NUMBER} runs that one alone.
 */
public final class Seeded {
  private static final int CASES = 200;
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyzABCXYZ0123456789";

  private final Random random;

  public Seeded(long seed) {
    random = new Random(seed);
  }

  /** For {@code @MethodSource}: the seeds to run. */
  public static Stream<Long> seeds() {
    Long only = Long.getLong("seed");
    return only == null ? IntStream.range(0, CASES).mapToObj(i -> 7_919L * i) : Stream.of(only);
  }

  public int upTo(int most) {
    return random.nextInt(most + 1);
  }

  public boolean coin() {
    return random.nextBoolean();
  }

  public String word() {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < 1 + random.nextInt(12); i++) {
      out.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return out.toString();
  }

  public <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  public <T> List<T> listOf(int most, Function<Seeded, T> element) {
    List<T> out = new ArrayList<>();
    for (int i = upTo(most); i > 0; i--) {
      out.add(element.apply(this));
    }
    return out;
  }

  /** The same elements in another order, some of them twice. */
  public <T> List<T> shuffledWithDuplicates(List<T> list) {
    List<T> out = new ArrayList<>(list);
    list.stream().filter(each -> coin()).forEach(out::add);
    Collections.shuffle(out, random);
    return out;
  }
}
