package dev.wrtfarm.flash.run;

/** Hears how a run goes on; called from the run's own thread. */
public interface RunListener {
  /** For a run whose report is all that anybody wants. */
  RunListener NOBODY =
      new RunListener() {
        @Override
        public void phase(String name) {}

        @Override
        public void progress(long done, long total) {}

        @Override
        public boolean isCancelled() {
          return false;
        }
      };

  /** A phase begins: {@code canaries}, {@code nonces}, {@code wipe}, {@code write} … */
  void phase(String name);

  /** Called at least every few seconds while the device answers. */
  void progress(long done, long total);

  /** Whether somebody wants the run stopped; asked between two requests to the device. */
  boolean isCancelled();
}
