package dev.wrtfarm.worker.sandbox;

/** Hears what a run says, line by line as it comes; called from two threads. */
public interface Lines {
  void out(String line);

  void err(String line);
}
