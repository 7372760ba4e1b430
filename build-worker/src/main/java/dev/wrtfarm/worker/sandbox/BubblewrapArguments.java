package dev.wrtfarm.worker.sandbox;

import dev.wrtfarm.worker.attempt.Attempt;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line of bubblewrap: what a build sees of the world.
 *
 * <p>Paths inside are fixed, so that nothing of the host can get into an image's bytes. The user
 * inside is an ordinary one with a fixed number: Image Builders are made for that, and {@code
 * FAKEROOTDONTTRYCHOWN} keeps apk's fakeroot from trying real changes of owner, which a user
 * namespace refuses.
 */
final class BubblewrapArguments {
  static final String TREE = "/builder/imagebuilder";
  static final String OUTPUT = "/builder/output";
  static final String OVERLAY = "/builder/overlay";
  private static final String SOCKET = "/builder/feeds.sock";
  private static final String INSIDE = "/builder/inside.py";
  private static final String USER = "1000";
  private static final String PATH = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";
  // Of the host's /etc only what programs need to start; passwd and its like are the sandbox's own.
  private static final List<String> HOST_ETC =
      List.of("alternatives", "ld.so.cache", "ld.so.conf", "ld.so.conf.d", "mke2fs.conf");

  private final List<String> argv = new ArrayList<>();

  private BubblewrapArguments() {}

  static List<String> of(
      Attempt attempt, Path etc, Path inside, Path socket, Limits limits, List<String> command) {
    BubblewrapArguments all = new BubblewrapArguments();
    all.namespaces();
    all.host(etc);
    all.builder(attempt, inside, socket);
    all.environment();
    all.argv.add("--");
    all.limits(limits);
    all.add("/usr/bin/python3", "-I", INSIDE, Integer.toString(Sandbox.PORT), SOCKET);
    all.argv.addAll(command);
    return List.copyOf(all.argv);
  }

  private void namespaces() {
    add("bwrap", "--unshare-all", "--uid", USER, "--gid", USER, "--cap-drop", "ALL");
    add("--hostname", "builder", "--new-session", "--die-with-parent");
  }

  private void host(Path etc) {
    add("--ro-bind", "/usr", "/usr");
    for (String name : List.of("bin", "sbin", "lib", "lib32", "lib64", "libx32")) {
      Path dir = Path.of("/" + name);
      if (Files.isSymbolicLink(dir)) {
        add("--symlink", "usr/" + name, "/" + name);
      } else if (Files.isDirectory(dir)) {
        add("--ro-bind", "/" + name, "/" + name);
      }
    }
    add("--proc", "/proc", "--dev", "/dev", "--tmpfs", "/etc");
    HOST_ETC.forEach(name -> add("--ro-bind-try", "/etc/" + name, "/etc/" + name));
    SandboxEtc.NAMES.forEach(
        name -> add("--ro-bind", etc.resolve(name).toString(), "/etc/" + name));
    add("--remount-ro", "/etc");
  }

  private void builder(Attempt attempt, Path inside, Path socket) {
    add("--bind", attempt.dir().resolve("tmp").toString(), "/tmp");
    add("--bind", attempt.tree().toString(), TREE);
    add("--bind", attempt.output().toString(), OUTPUT);
    add("--ro-bind-try", attempt.overlay().toString(), OVERLAY);
    add("--ro-bind", inside.toString(), INSIDE);
    add("--ro-bind", socket.toString(), SOCKET);
    add("--bind", attempt.dir().resolve("shm").toString(), "/dev/shm");
    // What is left of these lies in the host's memory, where nobody would count what is written.
    add("--remount-ro", "/dev", "--remount-ro", "/");
    add("--chdir", TREE);
  }

  private void environment() {
    add("--clearenv", "--setenv", "PATH", PATH, "--setenv", "HOME", "/tmp");
    add("--setenv", "LC_ALL", "C", "--setenv", "TZ", "UTC");
    add("--setenv", "FAKEROOTDONTTRYCHOWN", "1");
  }

  /** Set inside, where the number of processes counts those of the sandbox alone. */
  private void limits(Limits limits) {
    add("prlimit", "--core=0", "--as=" + limits.memory(), "--fsize=" + limits.fileSize());
    add("--nproc=" + limits.processes(), "--nofile=4096", "--");
  }

  private void add(String... arguments) {
    argv.addAll(List.of(arguments));
  }
}
