package dev.wrtfarm.api.build;

import java.security.SecureRandom;

/**
 * Names for builds, requests and flash jobs: 80 random bits, easy to read aloud (Crockford's base
 * 32).
 */
public final class RandomId {
  private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
  private static final int LETTERS = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  private RandomId() {}

  public static String build() {
    return "b-" + letters();
  }

  public static String request() {
    return "r-" + letters();
  }

  public static String flashJob() {
    return "f-" + letters();
  }

  /** The flash jobs of one submission. */
  public static String flashBatch() {
    return "fb-" + letters();
  }

  private static String letters() {
    StringBuilder out = new StringBuilder(LETTERS);
    for (int i = 0; i < LETTERS; i++) {
      out.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
    }
    return out.toString();
  }
}
