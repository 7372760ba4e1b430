package dev.wrtfarm.api.lab;

import dev.wrtfarm.common.value.InvalidValue;
import java.util.regex.Pattern;

/** What hosts and slots may be called. */
public final class LabNames {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  private LabNames() {}

  /** Refuses a name that none may have. */
  public static void check(String field, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new InvalidValue(field, name, "give up to 64 letters, digits and . _ -, no sign first");
    }
  }
}
