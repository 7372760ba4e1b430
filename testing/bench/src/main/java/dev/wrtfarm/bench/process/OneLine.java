package dev.wrtfarm.bench.process;

import java.io.IOException;

/**
 * The smallest Java program: what every other one costs at least. With an argument it waits for the
 * end of its input, so that its memory can be looked at.
 */
public final class OneLine {
  static final String LINE = "READY";

  private OneLine() {}

  public static void main(String[] args) throws IOException {
    System.out.println(LINE);
    if (args.length > 0) {
      while (System.in.read() >= 0) {
        // until whoever started us closes it
      }
    }
  }
}
