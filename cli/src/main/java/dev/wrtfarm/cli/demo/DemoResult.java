package dev.wrtfarm.cli.demo;

import dev.wrtfarm.common.rest.BuildView;
import dev.wrtfarm.common.rest.RequestView;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the demo has to tell.
 *
 * @param again the answer to the request that was made before
 * @param booted null when nobody wanted it booted
 */
record DemoResult(
    List<Showpiece> images,
    RequestView again,
    Duration answered,
    BuildView failed,
    FlashedCard card,
    @Nullable BootedCard booted,
    Checks checks) {
  DemoResult {
    images = List.copyOf(images);
  }
}
