package dev.wrtfarm.system;

import java.io.IOException;

/** Takes one value out of a JSON text. */
final class Json {
  private Json() {}

  static String text(String json, String pointer) {
    try {
      return FarmClient.JSON.readTree(json).at(pointer).asText();
    } catch (IOException e) {
      throw new AssertionError("not JSON: " + json, e);
    }
  }
}
