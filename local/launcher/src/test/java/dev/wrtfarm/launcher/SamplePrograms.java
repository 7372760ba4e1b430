package dev.wrtfarm.launcher;

import java.io.File;
import java.nio.file.Path;
import java.util.List;

/** Programs that the tests start. */
final class SamplePrograms {
  private SamplePrograms() {}

  /** Ends at the end of its input, like all of the farm's programs. */
  static Program cat(Path folder) {
    return Program.of("cat", List.of("cat"), folder, folder.resolve("logs/cat.log"));
  }

  static Program script(Path folder, String script) {
    return Program.of(
        "script", List.of("sh", "-c", script), folder, folder.resolve("logs/script.log"));
  }

  /** A main class of the tests under {@link ChildMain}. */
  static Program java(Path folder, Class<?> main, String... arguments) {
    JavaCommand command =
        JavaCommand.of(testClasses(), main.getName())
            .withFlags(List.of("-XX:TieredStopAtLevel=1", "-Xmx32m"))
            .withArguments(List.of(arguments));
    return Program.of("java", command.argv(), folder, folder.resolve("logs/java.log"));
  }

  private static Path testClasses() {
    String classPath = System.getProperty("java.class.path");
    for (String entry : classPath.split(File.pathSeparator, -1)) {
      if (entry.endsWith("test-classes")) {
        return Path.of(entry);
      }
    }
    throw new IllegalStateException("no test classes in " + classPath);
  }
}
