package dev.wrtfarm.api.build;

/** Text from outside that goes into the database, which takes no NUL. */
final class Text {
  private Text() {}

  static String clean(String text, int longest) {
    String clean = text.replace("\0", "");
    return clean.length() <= longest ? clean : clean.substring(0, longest);
  }
}
