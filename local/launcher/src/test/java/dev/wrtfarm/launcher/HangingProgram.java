package dev.wrtfarm.launcher;

/** Says that it is ready, then never ends by itself. */
final class HangingProgram {
  private HangingProgram() {}

  public static void main(String[] args) throws InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("ending in order")));
    System.out.println("READY");
    Thread.sleep(Long.MAX_VALUE);
  }
}
