package dev.wrtfarm.launcher;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A command line for a Java program that runs on our own JVM's {@code java} and dies with us.
 *
 * @param launcher this library's jar (or folder of classes) as the program's user can read it
 * @param jar the program; libraries by its manifest
 * @param flags of the JVM, {@code -D} properties included; not for secrets
 */
public record JavaCommand(
    Path launcher, Path jar, String mainClass, List<String> flags, List<String> arguments) {
  /** For {@code quarkus-app/quarkus-run.jar}. */
  public static final String QUARKUS_MAIN = "io.quarkus.bootstrap.runner.QuarkusEntryPoint";

  public JavaCommand {
    flags = List.copyOf(flags);
    arguments = List.copyOf(arguments);
  }

  public static JavaCommand of(Path jar, String mainClass) {
    return new JavaCommand(launcherJar(), jar, mainClass, List.of(), List.of());
  }

  /** For a program whose user may not be able to read where we lie. */
  public JavaCommand withLauncher(Path copy) {
    return new JavaCommand(copy, jar, mainClass, flags, arguments);
  }

  public JavaCommand withFlags(List<String> more) {
    return new JavaCommand(launcher, jar, mainClass, joined(flags, more), arguments);
  }

  public JavaCommand withProperty(String key, String value) {
    return withFlags(List.of("-D" + key + "=" + value));
  }

  public JavaCommand withArguments(List<String> more) {
    return new JavaCommand(launcher, jar, mainClass, flags, joined(arguments, more));
  }

  public List<String> argv() {
    List<String> argv = new ArrayList<>();
    argv.add(java().toString());
    argv.addAll(flags);
    argv.add("-cp");
    argv.add(launcher.toAbsolutePath() + File.pathSeparator + jar.toAbsolutePath());
    argv.add(ChildMain.class.getName());
    argv.add(mainClass);
    argv.addAll(arguments);
    return argv;
  }

  /** The {@code java} that runs us. */
  public static Path java() {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    if (!Files.isExecutable(java)) {
      throw new ProgramFailed("there is no java at " + java + ": use a JDK or JRE of version 25");
    }
    return java;
  }

  /** Where this library was loaded from: a jar, or a folder of classes during a build. */
  public static Path launcherJar() {
    try {
      return Path.of(ChildMain.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> joined(List<String> first, List<String> second) {
    List<String> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
