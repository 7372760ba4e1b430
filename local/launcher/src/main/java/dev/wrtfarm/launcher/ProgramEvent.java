package dev.wrtfarm.launcher;

import java.time.Duration;

/** What happens to a supervised program. */
public sealed interface ProgramEvent {
  String program();

  /** For the first time, or once more after it died. */
  record Starting(String program) implements ProgramEvent {}

  /** Ready for the first time. */
  record Ready(String program, long pid, Duration took) implements ProgramEvent {}

  /** It ended unasked, or a new start of it failed for the reason given. */
  record Died(String program, String reason, Duration restartIn) implements ProgramEvent {}

  /** Ready again. */
  record Restarted(String program, long pid, Duration took) implements ProgramEvent {}

  /** Ended as we asked. */
  record Stopped(String program) implements ProgramEvent {}
}
