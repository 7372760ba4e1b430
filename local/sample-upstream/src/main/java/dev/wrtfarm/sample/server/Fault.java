package dev.wrtfarm.sample.server;

import java.util.Arrays;

/** How an answer is to fail. */
sealed interface Fault {

  /** An HTTP error instead of the file. */
  record Status(int code) implements Fault {}

  /** No answer, ever. */
  record Hang() implements Fault {}

  /** The file, but not as it is. */
  sealed interface Damage extends Fault {
    byte[] damaged(byte[] content);
  }

  /** One byte in the middle is another one. */
  record Corrupt() implements Damage {
    @Override
    public byte[] damaged(byte[] content) {
      byte[] damaged = content.clone();
      if (damaged.length > 0) {
        damaged[damaged.length / 2] ^= 0x55;
      }
      return damaged;
    }
  }

  /** The connection ends after half of the file. */
  record Truncate() implements Damage {
    @Override
    public byte[] damaged(byte[] content) {
      return Arrays.copyOf(content, content.length / 2);
    }
  }

  static Fault of(String word) {
    return switch (word) {
      case "corrupt" -> new Corrupt();
      case "truncate" -> new Truncate();
      case "hang" -> new Hang();
      default -> {
        if (!word.matches("[45]\\d\\d")) {
          throw new IllegalArgumentException(
              "fault " + word + ": give corrupt, truncate, hang, or a status such as 404");
        }
        yield new Status(Integer.parseInt(word));
      }
    };
  }
}
