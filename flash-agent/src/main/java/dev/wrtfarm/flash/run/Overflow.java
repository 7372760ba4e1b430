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
  private static final long ENOUGH = 1L << 30;

  private final Scene scene;

  Overflow(Scene scene) {
    this.scene = scene;
  }

  void write() throws MediumFailed, RunStopped {
    Layout layout = scene.layout();
    long left = ENOUGH;
    List<Region> free = new ArrayList<>();
    for (Region region : free(layout)) {
      long bytes = Math.min(region.bytes(), left);
      if (bytes > 0) {
        free.add(new Region(region.offset(), bytes));
        left -= bytes;
      }
    }
    if (left > 0) {
      scene
          .record()
          .warn(
              "only "
                  + (ENOUGH - left) / (1 << 20)
                  + " MiB of the card are free to push out what it may keep in its memory; "
                  + ENOUGH / (1 << 20)
                  + " would be sure");
    }
    new FillTrial(scene, MarkKind.FILL, free).write("overflow");
    scene.card().flush();
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
