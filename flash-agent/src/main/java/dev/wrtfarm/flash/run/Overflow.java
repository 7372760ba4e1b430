package dev.wrtfarm.flash.run;

import dev.wrtfarm.flash.mark.MarkKind;
import dev.wrtfarm.flash.medium.MediumFailed;
import dev.wrtfarm.flash.medium.Region;
import java.util.ArrayList;
import java.util.List;

/**
 * Pushes out of the card's own memory what it may hold there, by writing more than any card is
 * known to remember. Some memories survive a reset; this one does not survive.
 */
final class Overflow {
  /** As much as the largest memory that was ever found. */
  static final long SURELY = 1L << 30;

  /** More than common cards have. */
  static final long MOSTLY = 128L << 20;

  private final Scene scene;

  Overflow(Scene scene) {
    this.scene = scene;
  }

  void write(long bytes) throws MediumFailed, RunStopped {
    Layout layout = scene.layout();
    List<Region> free = first(bytes, free(layout));
    new FillTrial(scene, MarkKind.FILL, free).write("overflow");
    long left = bytes - Stretches.bytes(free);
    List<Region> wiped = first(left, layout.outside());
    new Wiping(scene).write("overflow", wiped);
    scene.card().flush();
    left -= Stretches.bytes(wiped);
    if (left > 0) {
      scene
          .record()
          .warn(
              "the card has only "
                  + (bytes - left) / (1 << 20)
                  + " MiB behind the image to push out what it may keep in its memory, not "
                  + bytes / (1 << 20));
    }
  }

  private static List<Region> first(long bytes, List<Region> regions) {
    List<Region> first = new ArrayList<>();
    long left = bytes;
    for (Region region : regions) {
      long taken = Math.min(region.bytes(), left);
      if (taken > 0) {
        first.add(new Region(region.offset(), taken));
        left -= taken;
      }
    }
    return first;
  }

  /** Neither image, nor wiped, nor a canary. */
  private static List<Region> free(Layout layout) {
    List<Region> free = new ArrayList<>();
    long at = layout.imageEnd();
    for (Region wiped : layout.outside()) {
      if (wiped.offset() > at) {
        free.add(new Region(at, wiped.offset() - at));
      }
      at = wiped.end();
    }
    if (at < layout.cardEnd()) {
      free.add(new Region(at, layout.cardEnd() - at));
    }
    return Stretches.without(free, layout.canaries());
  }
}
