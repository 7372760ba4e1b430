package dev.wrtfarm.system.cluster;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import dev.wrtfarm.common.value.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A download server with one release, one target and one signed Image Builder that makes little.
 */
final class TinyUpstream implements AutoCloseable {
  static final String RELEASE = "24.10.0-tiny";
  static final String TARGET = "tiny/test";
  static final String PROFILE = "tiny";
  private static final String ARCHIVE = "tiny-imagebuilder-test.Linux-x86_64";
  private static final String PROFILES =
      """
      {"profiles":{"tiny":{"images":[
        {"name":"tiny.bin","type":"sysupgrade","filesystem":"squashfs"}]}}}
      """;

  private final UsignPair key = UsignPair.make();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  TinyUpstream(Path site) {
    try {
      write(Files.createDirectories(site.resolve("releases/" + RELEASE + "/targets/" + TARGET)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server =
        SimpleFileServer.createFileServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            site.toAbsolutePath(),
            SimpleFileServer.OutputLevel.NONE);
    server.setExecutor(threads);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** As a worker's configuration wants it. */
  String publicKey() {
    return key.publicKey();
  }

  private void write(Path folder) throws IOException {
    Files.writeString(folder.resolve("profiles.json"), PROFILES);
    Path tree = Files.createDirectories(folder.resolve("work").resolve(ARCHIVE));
    for (String name : List.of("Makefile", "repositories.conf")) {
      try (var in = TinyUpstream.class.getResourceAsStream("/tiny-imagebuilder/" + name)) {
        if (in == null) {
          throw new IllegalStateException("no resource tiny-imagebuilder/" + name);
        }
        Files.copy(in, tree.resolve(name));
      }
    }
    pack(folder);
    String sums = line(folder, ARCHIVE + ".tar.zst") + line(folder, "profiles.json");
    Files.writeString(folder.resolve("sha256sums"), sums);
    Files.writeString(folder.resolve("sha256sums.sig"), key.signatureFile(sums));
  }

  private static void pack(Path folder) throws IOException {
    Process tar =
        new ProcessBuilder(
                "tar",
                "--zstd",
                "--mode=u=rwX,go=rX",
                "-cf",
                ARCHIVE + ".tar.zst",
                "-C",
                "work",
                ARCHIVE)
            .directory(folder.toFile())
            .inheritIO()
            .start();
    try {
      if (tar.waitFor() != 0) {
        throw new IOException("tar ended with " + tar.exitValue());
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String line(Path folder, String name) {
    return "%s *%s%n".formatted(Sha256.of(folder.resolve(name)).hex(), name);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
