package dev.wrtfarm.common.rest;

import dev.wrtfarm.common.value.InvalidValue;
import java.util.Arrays;
import java.util.Locale;

/** What may answer a request for an image. */
public enum BuildMode {
  /** A fresh record if there is one, otherwise a build: one in flight, or a new one. */
  BUILD_OR_REUSE,
  /** A fresh record and nothing else: no build is made, joined or hurried. */
  REUSE_ONLY,
  /** A build that makes its image, whatever there is: one in flight, or a new one. */
  FORCE;

  /** Throws {@link InvalidValue} for a word that is none of them. */
  public static BuildMode of(String word) {
    return Arrays.stream(values())
        .filter(each -> each.word().equals(word))
        .findFirst()
        .orElseThrow(
            () -> new InvalidValue("mode", word, "give build-or-reuse, reuse-only or force"));
  }

  /** As it is written in a request, for example {@code build-or-reuse}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
