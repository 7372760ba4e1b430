package dev.wrtfarm.cli.flash;

import dev.wrtfarm.common.rest.FlashView;
import java.util.List;

/** Tells how flash jobs go. */
interface JobsReport extends AutoCloseable {
  /** Called often; the views need not have changed. */
  void seen(List<FlashView> jobs);

  /** A job has a plan, which somebody has to confirm. */
  void planned(FlashView job);

  /** The farm did not answer just now; the jobs may well go on. */
  void unanswered(String why);

  /** Nothing more happens to it by itself. */
  void settled(FlashView job);

  @Override
  void close();
}
