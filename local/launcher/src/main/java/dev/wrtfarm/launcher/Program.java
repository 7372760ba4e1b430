package dev.wrtfarm.launcher;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to start and how. Anybody on the machine can read a command line: secrets belong into files
 * or the environment.
 *
 * @param command program and arguments, never a shell line
 * @param environment added to the few harmless variables that a program inherits
 * @param log its output goes here, appended, by the launcher's own hand
 * @param user whom to become; null stays who we are
 */
public record Program(
    String name,
    List<String> command,
    Map<String, String> environment,
    Path directory,
    Path log,
    @Nullable SystemUser user,
    Readiness readiness) {

  public Program {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    log = log.toAbsolutePath();
    if (command.isEmpty()) {
      throw new IllegalArgumentException("the program " + name + " has an empty command");
    }
  }

  public static Program of(String name, List<String> command, Path directory, Path log) {
    return new Program(name, command, Map.of(), directory, log, null, new Readiness.Started());
  }

  public Program withEnvironment(String variable, String value) {
    Map<String, String> more = new HashMap<>(environment);
    more.put(variable, value);
    return new Program(name, command, more, directory, log, user, readiness);
  }

  /** More arguments, after those that it has. */
  public Program withArguments(List<String> more) {
    List<String> longer = new ArrayList<>(command);
    longer.addAll(more);
    return new Program(name, longer, environment, directory, log, user, readiness);
  }

  /** The argument is usually {@link SystemUser#whenRoot()}. */
  public Program as(@Nullable SystemUser other) {
    return new Program(name, command, environment, directory, log, other, readiness);
  }

  public Program readyWhen(Readiness other) {
    return new Program(name, command, environment, directory, log, user, other);
  }

  /**
   * The whole command line. A session of its own keeps the terminal's Ctrl-C from every program at
   * once: the supervisor stops them in order.
   */
  public List<String> argv() {
    List<String> argv = new ArrayList<>();
    argv.add("setsid");
    if (user != null) {
      argv.addAll(user.prefix());
    }
    argv.addAll(command);
    return argv;
  }

  /** Values of the environment may be secrets. */
  @Override
  public String toString() {
    return "Program[" + name + "]";
  }
}
