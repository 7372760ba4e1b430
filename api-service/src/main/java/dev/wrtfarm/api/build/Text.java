package dev.wrtfarm.api.build;

import java.util.regex.Pattern;

/**
 * Text from outside that goes into the database, which takes no NUL, and on to people's terminals,
 * which would obey other control characters.
 */
public final class Text {
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\x{80}-\\x{9F}&&[^\\n\\t]]");

  private Text() {}

  public static String clean(String text, int longest) {
    String clean = CONTROL.matcher(text).replaceAll("");
    return clean.length() <= longest ? clean : clean.substring(0, longest);
  }
}
