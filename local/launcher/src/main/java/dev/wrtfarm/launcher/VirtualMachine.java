package dev.wrtfarm.launcher;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A small PC, emulated by QEMU, that starts from a disk's bytes by its BIOS, as any PC would.
 *
 * <p>It is emulated in software even where the host could do better: an emulator that only believes
 * that it has the processor's help hangs.
 */
public final class VirtualMachine {
  private static final String PROGRAM = "qemu-system-x86_64";
  private static final List<String> MACHINE =
      List.of(
          "-machine",
          "q35",
          "-accel",
          "tcg",
          "-m",
          "128",
          "-smp",
          "1",
          "-nodefaults",
          "-display",
          "none",
          "-monitor",
          "none",
          "-net",
          "none",
          "-serial",
          "stdio",
          // A system that panics, and a BIOS that finds nothing to start, end the machine.
          "-no-reboot",
          "-boot",
          "reboot-timeout=1000");

  private VirtualMachine() {}

  /** What becomes of what the system writes to its disk. */
  public enum Writes {
    /** It is forgotten when the machine ends. */
    DISCARDED,
    KEPT
  }

  public static boolean isInstalled() {
    return Stream.of(
            Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, PROGRAM)));
  }

  /**
   * Boots it, and listens until the machine is off or the time is over; then nothing of it runs.
   *
   * @param disk a file or a block device
   * @return what came over the serial line
   */
  public static List<String> boot(Path disk, Writes writes, Duration limit)
      throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command(disk, writes)).redirectErrorStream(true).start();
    List<String> console = new ArrayList<>();
    Thread listener = Thread.ofPlatform().daemon().start(() -> listen(process, console));
    try {
      process.getOutputStream().close();
      // Whether it ended by itself says nothing: a panic ends with exit code 0 as well.
      var unused = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      process.toHandle().destroyForcibly();
      process.waitFor();
      listener.join();
    }
    synchronized (console) {
      return List.copyOf(console);
    }
  }

  private static void listen(Process process, List<String> console) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        synchronized (console) {
          console.add(line);
        }
      }
    } catch (IOException e) {
      // It was ended in the middle of a line.
    }
  }

  private static List<String> command(Path disk, Writes writes) {
    List<String> command = new ArrayList<>(List.of(PROGRAM));
    command.addAll(MACHINE);
    String file = disk.toAbsolutePath().toString().replace(",", ",,");
    String snapshot = writes == Writes.DISCARDED ? ",snapshot=on" : "";
    command.addAll(List.of("-drive", "if=none,id=disk,format=raw,file=" + file + snapshot));
    command.addAll(List.of("-device", "nvme,drive=disk,serial=card"));
    return command;
  }
}
