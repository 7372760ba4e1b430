package dev.wrtfarm.bench.figure;

import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One line of the result.
 *
 * @param reference what the ratio is against, measured in the same rounds
 */
public record Figure(String name, Unit unit, Samples samples, @Nullable Reference reference) {

  public record Reference(String name, Samples samples) {}

  /**
   * Each sample over the reference's of the same round: what slows a machine down for a while slows
   * both. None without a reference, or against one that took no time at all.
   */
  public Optional<Samples> ratios() {
    if (reference == null || reference.samples().min() == 0) {
      return Optional.empty();
    }
    Samples other = reference.samples();
    return Optional.of(
        new Samples(
            IntStream.range(0, samples.count())
                .mapToObj(round -> samples.values().get(round) / other.values().get(round))
                .toList()));
  }
}
