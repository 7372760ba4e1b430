package dev.wrtfarm.flash.run;

import dev.wrtfarm.common.flash.Verdict;
import dev.wrtfarm.flash.medium.MediumFailed;
import java.util.Set;

/** What an error of the device means. */
final class Failures {
  private static final Set<String> GONE =
      Set.of("ENODEV", "ENXIO", "ENOMEDIUM", "EMEDIUMTYPE", "ESHUTDOWN", "EBADF", "ECHANGED");
  private static final Set<String> NO_WRITES = Set.of("EROFS", "EPERM", "EACCES");

  private Failures() {}

  static Verdict verdict(MediumFailed failure) {
    if (GONE.contains(failure.error())) {
      return Verdict.DEVICE_CHANGED;
    }
    if (failure.operation().equals("read")) {
      return Verdict.READ_FAILED;
    }
    return NO_WRITES.contains(failure.error()) ? Verdict.READ_ONLY : Verdict.WRITE_FAILED;
  }

  /** Only a device that is still there is asked again. */
  static void stopIfGone(MediumFailed failure) throws RunStopped {
    Verdict verdict = verdict(failure);
    if (verdict == Verdict.DEVICE_CHANGED) {
      throw new RunStopped(verdict, message(verdict, failure));
    }
  }

  static String message(Verdict verdict, MediumFailed failure) {
    return verdict.meaning() + " (" + failure.getMessage() + ")";
  }
}
