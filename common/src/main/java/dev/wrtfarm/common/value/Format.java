package dev.wrtfarm.common.value;

import java.util.regex.Pattern;

/** A whitelist for a text that reaches {@code make}, a path or a URL. */
record Format(String field, Pattern pattern, String remedy) {
  Format(String field, String regex, String remedy) {
    this(field, Pattern.compile(regex), remedy);
  }

  String check(String value) {
    if (!pattern.matcher(value).matches()) {
      throw new InvalidValue(field, value, remedy);
    }
    return value;
  }
}
