package dev.wrtfarm.bench.figure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the samples of one benchmark, round by round; figures keep the order of their names. */
public final class Measurements {
  private final Map<String, Series> series = new LinkedHashMap<>();

  private record Series(Unit unit, List<Double> values, @Nullable String reference) {}

  public void time(String name, Duration took) {
    time(name, took, null);
  }

  /** The reference is the name of another series of this benchmark. */
  public void time(String name, Duration took, @Nullable String reference) {
    add(name, Unit.MILLISECONDS, took.toNanos() / 1e6, reference);
  }

  public void bytes(String name, long bytes, @Nullable String reference) {
    add(name, Unit.BYTES, bytes, reference);
  }

  public void perSecond(String name, double rate, @Nullable String reference) {
    add(name, Unit.PER_SECOND, rate, reference);
  }

  private void add(String name, Unit unit, double value, @Nullable String reference) {
    series
        .computeIfAbsent(name, _ -> new Series(unit, new ArrayList<>(), reference))
        .values()
        .add(value);
  }

  public List<Figure> figures() {
    return series.entrySet().stream().map(each -> figure(each.getKey(), each.getValue())).toList();
  }

  private Figure figure(String name, Series own) {
    String wanted = own.reference();
    if (wanted == null) {
      return new Figure(name, own.unit(), new Samples(own.values()), null);
    }
    Series other = series.get(wanted);
    if (other == null || other.unit() != own.unit()) {
      throw new IllegalStateException(
          "'%s' refers to '%s', which was not measured in %s".formatted(name, wanted, own.unit()));
    }
    if (other.values().size() != own.values().size()) {
      throw new IllegalStateException(
          "'%s' was measured %d times, its reference '%s' %d times"
              .formatted(name, own.values().size(), wanted, other.values().size()));
    }
    Samples reference = new Samples(other.values());
    return new Figure(
        name, own.unit(), new Samples(own.values()), new Figure.Reference(wanted, reference));
  }
}
