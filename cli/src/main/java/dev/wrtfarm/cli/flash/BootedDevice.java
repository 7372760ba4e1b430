package dev.wrtfarm.cli.flash;

import dev.wrtfarm.cli.output.Terminal;
import dev.wrtfarm.cli.problem.CommandFailed;
import dev.wrtfarm.cli.problem.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** What a booted device says it is: the text of its own {@code /etc/wrtfarm-build.json}. */
final class BootedDevice {
  private static final String PLACE = "/etc/wrtfarm-build.json";
  private static final int LARGEST = 64 << 10;
  private static final long SSH_LIMIT_SECONDS = 60;

  /** Nothing that ssh could take for an option, or a shell on the way for code. */
  private static final Pattern ADDRESS =
      Pattern.compile("([A-Za-z0-9_][A-Za-z0-9_.-]*@)?[A-Za-z0-9_\\[][A-Za-z0-9_.:%\\[\\]-]*");

  private BootedDevice() {}

  static String pasted(Terminal terminal) {
    if (terminal.in().isPerson()) {
      terminal.message("paste the device's %s, then press Ctrl-D:".formatted(PLACE));
    }
    return checked(terminal.in().all(LARGEST), "standard input");
  }

  static String fromFile(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return checked(text(in), file.toString());
    } catch (IOException e) {
      throw new CommandFailed(
          ExitCode.USAGE, "the file %s cannot be read".formatted(file), "name a copy of " + PLACE);
    }
  }

  /** Keys, host names and known hosts are those of the caller's own ssh. */
  static String bySsh(String address) throws InterruptedException {
    if (!ADDRESS.matcher(address).matches()) {
      throw new CommandFailed(
          ExitCode.USAGE,
          "--ssh '%s' is no user@host".formatted(address),
          "such as root@192.168.1.1");
    }
    ProcessBuilder ssh =
        new ProcessBuilder(List.of("ssh", "-o", "ConnectTimeout=15", "--", address, "cat", PLACE));
    try {
      Process process = ssh.redirectError(Redirect.INHERIT).redirectInput(Redirect.INHERIT).start();
      try {
        String said = text(process.getInputStream());
        if (!process.waitFor(SSH_LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
          throw new CommandFailed(
              ExitCode.ENDED_BADLY,
              "ssh could not read %s of %s".formatted(PLACE, address),
              "does 'ssh %s cat %s' work? An image that has no such file is not the farm's"
                  .formatted(address, PLACE));
        }
        return checked(said, address);
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new CommandFailed(
          ExitCode.ERROR,
          "ssh cannot be started: " + e.getMessage(),
          "install openssh-client, or give the text by --file");
    }
  }

  private static String text(InputStream in) throws IOException {
    return new String(in.readNBytes(LARGEST + 1), StandardCharsets.UTF_8);
  }

  private static String checked(String text, String where) {
    if (text.isBlank()) {
      throw new CommandFailed(
          ExitCode.USAGE, "%s gave nothing".formatted(where), "give the text of " + PLACE);
    }
    if (text.length() > LARGEST) {
      throw new CommandFailed(
          ExitCode.USAGE,
          "%s gave more than %d characters, which is no %s".formatted(where, LARGEST, PLACE));
    }
    return text.strip();
  }
}
