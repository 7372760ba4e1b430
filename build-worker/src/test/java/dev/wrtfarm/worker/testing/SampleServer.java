package dev.wrtfarm.worker.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The sample download server as a process, with its faults. */
public final class SampleServer implements AutoCloseable {
  private static final Path HOME =
      Path.of(System.getProperty("wrtfarm.home", "..")).resolve("local/sample-upstream/target");
  private static final String READY = "READY ";

  private final Process process;
  private final URI url;
  private final Path faults;
  private final Path log;

  private SampleServer(Process process, URI url, Path faults, Path log) {
    this.process = process;
    this.url = url;
    this.faults = faults;
    this.log = log;
  }

  public static SampleServer start(Path dir) throws IOException {
    Path faults = dir.resolve("faults");
    Path log = dir.resolve("requests.log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                HOME.resolve("classes").toString(),
                "dev.wrtfarm.sample.SampleUpstreamMain",
                "--site",
                HOME.resolve("site").toString(),
                "--faults",
                faults.toString(),
                "--log",
                log.toString())
            .redirectError(dir.resolve("server.err").toFile())
            .start();
    BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
    String line = said.readLine();
    if (line == null || !line.startsWith(READY)) {
      process.destroyForcibly();
      throw new IOException(
          "the sample server said: " + line + Files.readString(dir.resolve("server.err")));
    }
    return new SampleServer(process, URI.create(line.substring(READY.length())), faults, log);
  }

  public URI url() {
    return url;
  }

  /** The farm's side of the key with which the sample is signed. */
  public static String key() throws IOException {
    return Files.readString(HOME.resolve("site/keys/sample-usign.pub"));
  }

  /** Lines {@code path-regex=fault}; none mends everything. */
  public void breaks(String... lines) throws IOException {
    // The server reads the file at each request, so it must never be half written.
    Path whole = Files.write(faults.resolveSibling("faults.new"), List.of(lines));
    Files.move(whole, faults, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Lines of method, path, status. */
  public List<String> requests() throws IOException {
    return Files.exists(log) ? Files.readAllLines(log) : List.of();
  }

  public void forgetRequests() throws IOException {
    Files.deleteIfExists(log);
  }

  /** When this returns, nothing is written into the folder any more. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
