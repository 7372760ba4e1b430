package dev.wrtfarm.bench.figure;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * One line of the result.
 *
 * @param reference what the ratio is against, measured in the same run
 */
public record Figure(String name, Unit unit, Samples samples, @Nullable Reference reference) {

  public record Reference(String name, Samples samples) {}

  /** Median by median. None without a reference, or against one that took no time at all. */
  public OptionalDouble ratio() {
    return reference == null || reference.samples().median() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(samples.median() / reference.samples().median());
  }
}
