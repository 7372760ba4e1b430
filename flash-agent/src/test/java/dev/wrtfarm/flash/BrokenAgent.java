package dev.wrtfarm.flash;

/** An agent's process of which one thread ends by an error, while another one would go on. */
final class BrokenAgent {
  private BrokenAgent() {}

  public static void main(String[] args) throws InterruptedException {
    Thread.setDefaultUncaughtExceptionHandler(FlashAgentMain::endIfBroken);
    Thread.ofPlatform()
        .name("slot-1")
        .start(() -> {
          throw new OutOfMemoryError("as if");
        });
    Thread.sleep(Long.MAX_VALUE);
  }
}
