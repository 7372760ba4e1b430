package dev.wrtfarm.cli.demo;

import dev.wrtfarm.common.rest.BuildView;
import dev.wrtfarm.common.rest.RequestView;
import java.time.Duration;
import java.util.List;

/**
 * What the demo has to tell.
 *
 * @param again the answer to the request that was made before
 */
record DemoResult(
    List<Showpiece> images,
    RequestView again,
    Duration answered,
    BuildView failed,
    FlashedCard card,
    Checks checks) {
  DemoResult {
    images = List.copyOf(images);
  }
}
