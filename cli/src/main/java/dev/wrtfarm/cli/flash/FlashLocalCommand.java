package dev.wrtfarm.cli.flash;

import dev.wrtfarm.cli.machine.Surroundings;
import dev.wrtfarm.cli.problem.CommandFailed;
import dev.wrtfarm.cli.problem.ExitCode;
import dev.wrtfarm.launcher.JavaCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import sun.misc.Signal;

/** {@code wrtfarm flash local}: the flash agent's own command, with our input and output. */
@Command(
    name = "local",
    customSynopsis = "wrtfarm flash local plan|run|verify --image FILE --device DEV [OPTION…]",
    description = {
      "Flashes a card of this machine without a farm; 'wrtfarm flash local' alone shows what there"
          + " is.",
      "It shares lock, journal and rules with the flash agent."
    })
public final class FlashLocalCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(arity = "0..*", paramLabel = "ARGUMENT", hidden = true)
  private List<String> arguments = List.of();

  public FlashLocalCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    Path jar = surroundings.home().resolve("flash-agent/target/dist/flash-agent.jar");
    if (!Files.isRegularFile(jar)) {
      throw new CommandFailed(
          ExitCode.ERROR,
          "there is no " + jar,
          "run it as './wrtfarm flash local', which builds it");
    }
    List<String> command = new ArrayList<>();
    command.add(JavaCommand.java().toString());
    command.addAll(List.of("-jar", jar.toString(), "local"));
    command.addAll(arguments);
    // A terminal that goes away ends no run that was confirmed, and us no earlier than the run.
    Signal.handle(new Signal("HUP"), ignored -> {});
    try {
      Process process =
          new ProcessBuilder(command).directory(surroundings.folder().toFile()).inheritIO().start();
      // Ctrl-C reaches it as well; it may have a card to leave in order, so we end after it.
      Thread hook = new Thread(() -> end(process));
      Runtime.getRuntime().addShutdownHook(hook);
      int code = process.waitFor();
      remove(hook);
      return code;
    } catch (IOException e) {
      throw new CommandFailed(ExitCode.ERROR, "the flash agent cannot be started: " + e);
    }
  }

  private static void end(Process process) {
    process.destroy();
    process.onExit().join();
  }

  private static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending: the hook runs.
    }
  }
}
