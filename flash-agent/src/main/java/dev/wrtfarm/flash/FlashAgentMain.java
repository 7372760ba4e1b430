package dev.wrtfarm.flash;

/** {@code agent}: works for a farm. {@code local}: one card, without a farm. */
public final class FlashAgentMain {
  private FlashAgentMain() {}

  public static void main(String[] args) {
    System.err.println("usage: flash-agent agent|local …");
    System.exit(2);
  }
}
