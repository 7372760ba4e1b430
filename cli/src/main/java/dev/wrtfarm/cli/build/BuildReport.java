package dev.wrtfarm.cli.build;

import dev.wrtfarm.common.rest.BuildView;
import dev.wrtfarm.common.rest.RequestView;

/** Tells how a build goes. */
public interface BuildReport extends AutoCloseable {
  void submitted(RequestView request);

  /** Called often; the view need not have changed. */
  void seen(BuildView build);

  /** The farm did not answer just now; the build may well go on. */
  void unanswered(String why);

  void ended(BuildView build);

  void saved(SavedBuild saved);

  @Override
  void close();
}
