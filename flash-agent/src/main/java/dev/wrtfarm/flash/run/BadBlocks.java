package dev.wrtfarm.flash.run;

import dev.wrtfarm.common.flash.Mismatch;
import dev.wrtfarm.common.flash.MismatchKind;
import dev.wrtfarm.flash.medium.Medium;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/** The blocks that were found wrong, each once; beyond a limit they are only counted. */
final class BadBlocks {
  /** 128 MiB of wrong blocks say enough. */
  private static final int KEPT = 32_768;

  private static final int REPORTED = 100;

  private final List<BadBlock> kept = new ArrayList<>();
  private long count;

  void add(BadBlock block) {
    count++;
    if (kept.size() < KEPT) {
      kept.add(block);
    }
  }

  boolean isEmpty() {
    return count == 0;
  }

  long bytes() {
    return count * Medium.BLOCK;
  }

  /** Those that were kept; may be replaced by what is known better, in place. */
  List<BadBlock> kept() {
    return kept;
  }

  boolean any(Predicate<BadBlock> test) {
    return kept.stream().anyMatch(test);
  }

  boolean any(MismatchKind kind) {
    return any(block -> block.seen() != null && block.seen().is(kind));
  }

  /** Neighbours with the same fault joined to one stretch, in the order of the card. */
  List<Mismatch> stretches() {
    List<Mismatch> stretches = new ArrayList<>();
    for (BadBlock block :
        kept.stream().sorted(Comparator.comparingLong(BadBlock::number)).toList()) {
      Seen seen = block.seen() == null ? Seen.of(MismatchKind.CORRUPT) : block.seen();
      Mismatch one =
          new Mismatch(
              seen.kind(),
              block.number() * Medium.BLOCK,
              Medium.BLOCK,
              block.area().label(),
              seen.distance());
      Mismatch last = stretches.isEmpty() ? null : stretches.getLast();
      if (last != null && continues(last, one)) {
        stretches.set(
            stretches.size() - 1,
            new Mismatch(
                last.kind(),
                last.offset(),
                last.bytes() + one.bytes(),
                last.area(),
                last.distance()));
      } else {
        stretches.add(one);
      }
    }
    return List.copyOf(stretches.subList(0, Math.min(stretches.size(), REPORTED)));
  }

  private static boolean continues(Mismatch last, Mismatch next) {
    return last.offset() + last.bytes() == next.offset()
        && last.kind() == next.kind()
        && last.area().equals(next.area())
        && Objects.equals(last.distance(), next.distance());
  }
}
