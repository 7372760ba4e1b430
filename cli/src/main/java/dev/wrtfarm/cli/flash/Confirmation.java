package dev.wrtfarm.cli.flash;

import dev.wrtfarm.cli.output.Terminal;
import dev.wrtfarm.common.flash.FlashKind;
import dev.wrtfarm.common.rest.FlashView;
import java.util.Optional;
import java.util.Set;

/** Whether a plan is carried out: said beforehand, or asked of whoever sits at the terminal. */
final class Confirmation {
  private static final int TRIES = 3;

  private final Set<String> named;
  private final boolean dryRun;
  private final Terminal terminal;

  /** What becomes of a planned job. */
  enum Answer {
    CONFIRM,
    /** It stays planned until somebody confirms it, or its plan runs out. */
    LEAVE,
    CANCEL
  }

  /**
   * @param named slots whose name was given on the command line
   */
  Confirmation(Set<String> named, boolean dryRun, Terminal terminal) {
    this.named = Set.copyOf(named);
    this.dryRun = dryRun;
    this.terminal = terminal;
  }

  boolean isDryRun() {
    return dryRun;
  }

  Answer of(FlashView job) {
    if (dryRun) {
      return Answer.CANCEL;
    }
    // Reading destroys nothing.
    if (named.contains(job.slot()) || job.kind() == FlashKind.VERIFY) {
      return Answer.CONFIRM;
    }
    // Names were given, and this is none of them: that is an answer too.
    if (!named.isEmpty() || !terminal.in().isPerson()) {
      return Answer.LEAVE;
    }
    for (int i = 0; i < TRIES; i++) {
      Optional<String> typed =
          terminal
              .ask("type the slot's name to go on, or nothing to leave it: ")
              .map(String::strip);
      if (typed.isEmpty() || typed.get().isEmpty()) {
        return Answer.LEAVE;
      }
      if (typed.get().equals(job.slot())) {
        return Answer.CONFIRM;
      }
      terminal.message("'%s' is not '%s'".formatted(JobsText.oneLine(typed.get()), job.slot()));
    }
    return Answer.LEAVE;
  }
}
