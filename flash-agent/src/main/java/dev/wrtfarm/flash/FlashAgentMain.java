package dev.wrtfarm.flash;

import dev.wrtfarm.flash.agent.AgentConfig;
import dev.wrtfarm.flash.agent.ConfigWrong;
import dev.wrtfarm.flash.agent.FlashAgent;
import dev.wrtfarm.flash.lane.LaneCommand;
import dev.wrtfarm.flash.lane.LaneMain;
import dev.wrtfarm.flash.local.LocalMain;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** {@code agent}: works for a farm. {@code local}: one card, without a farm. */
public final class FlashAgentMain {
  private static final int WRONG = 2;

  /** For systemd's {@code Restart=on-failure}. */
  private static final int BROKEN = 70;

  private static final String USAGE = LocalMain.USAGE + "\n       flash-agent agent --config FILE";

  private FlashAgentMain() {}

  public static void main(String[] args) throws Exception {
    List<String> words = List.of(args);
    String command = words.isEmpty() ? "" : words.getFirst();
    List<String> rest = words.isEmpty() ? words : words.subList(1, words.size());
    switch (command) {
      case "agent" -> agent(rest);
      case "local", "journal", "cards" ->
          System.exit(new LocalMain(System.in, System.out, System.err).run(words));
      case LaneCommand.WORD -> LaneMain.run(rest);
      default -> {
        System.err.println(USAGE);
        System.exit(WRONG);
      }
    }
  }

  /**
   * A thread that ended for want of memory, or another {@link Error}, leaves its slot to nobody,
   * and what it half did to the others. Lanes that write go on, and the next agent finds them.
   */
  static void endIfBroken(Thread thread, Throwable broken) {
    try {
      System.err.println("flash-agent: thread %s: %s".formatted(thread.getName(), broken));
      broken.printStackTrace();
    } finally {
      if (broken instanceof Error) {
        Runtime.getRuntime().halt(BROKEN);
      }
    }
  }

  private static void agent(List<String> args) throws IOException {
    if (args.size() != 2 || !args.getFirst().equals("--config")) {
      System.err.println(USAGE);
      System.exit(WRONG);
    }
    Thread.setDefaultUncaughtExceptionHandler(FlashAgentMain::endIfBroken);
    String version = FlashAgentMain.class.getPackage().getImplementationVersion();
    try {
      FlashAgent.start(
          AgentConfig.read(Path.of(args.get(1))), version == null ? "unpackaged" : version);
      System.out.println("READY");
    } catch (ConfigWrong | IOException e) {
      System.err.println("flash-agent: " + e.getMessage());
      System.exit(WRONG);
    }
  }
}
