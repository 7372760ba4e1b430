package dev.wrtfarm.bench.process;

import dev.wrtfarm.launcher.JavaCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The command line's jar with the flags that {@code ./wrtfarm} gives it. */
public final class CommandLine {
  private final Path home;
  private final Path archive;

  CommandLine(Path home, Path folder) {
    this.home = home;
    this.archive = folder.resolve("cli.jsa");
  }

  /** The script's shared archive: the first run makes it, at its end. */
  Path archive() {
    return archive;
  }

  public List<String> argv(String... arguments) {
    Path jar = home.resolve("cli/target/dist/wrtfarm.jar");
    if (!Files.exists(jar)) {
      throw new BenchFailed("there is no " + jar + ": start the benchmarks with ./wrtfarm bench");
    }
    List<String> argv = new ArrayList<>();
    argv.add(JavaCommand.java().toString());
    argv.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    argv.add("-Dwrtfarm.home=" + home);
    if (!arguments[0].equals("up")) {
      // Like the script: what runs for long has no use for the archive.
      argv.addAll(List.of("-XX:+AutoCreateSharedArchive", "-Xlog:disable"));
      argv.add("-XX:SharedArchiveFile=" + archive);
    }
    argv.addAll(List.of("-jar", jar.toString()));
    argv.addAll(Arrays.asList(arguments));
    return argv;
  }
}
