package dev.wrtfarm.bench.build;

import dev.wrtfarm.bench.process.Commands;
import dev.wrtfarm.bench.process.Workbench;
import dev.wrtfarm.launcher.Program;
import dev.wrtfarm.launcher.SystemUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whoever runs the commands by hand: never root, who becomes the user that workers run as. */
final class BareUser {
  /** An Image Builder refuses any other umask than 022, and nothing else can set one. */
  private static final List<String> UMASK = List.of("sh", "-c", "umask 022 && exec \"$@\"", "sh");

  private final Workbench bench;
  private final @Nullable SystemUser user = SystemUser.WORKER.whenRoot();

  BareUser(Workbench bench) {
    this.bench = bench;
  }

  /** An empty folder of this user's. */
  Path folder(String name) throws IOException {
    Path folder = bench.folder().resolve(name);
    if (user == null) {
      Files.createDirectories(folder);
    } else {
      user.own(folder);
    }
    return folder;
  }

  Duration run(Path directory, String... command) {
    return run(directory, Arrays.asList(command)).took();
  }

  /** The environment is that of a worker's sandbox. */
  Commands.Ended run(Path directory, List<String> command) {
    List<String> all = new ArrayList<>(UMASK);
    all.addAll(command);
    List<String> argv =
        Program.of("by hand", all, directory, directory.resolve("unused")).as(user).argv();
    Map<String, String> environment =
        Map.of(
            "PATH", "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
            "HOME", directory.toString(),
            "LC_ALL", "C",
            "TZ", "UTC",
            "FAKEROOTDONTTRYCHOWN", "1");
    return bench.commands().run(argv, environment, directory).withExit(0);
  }
}
