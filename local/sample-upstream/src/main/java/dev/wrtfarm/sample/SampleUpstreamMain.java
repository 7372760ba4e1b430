package dev.wrtfarm.sample;

import dev.wrtfarm.sample.server.Faults;
import dev.wrtfarm.sample.server.RequestLog;
import dev.wrtfarm.sample.server.UpstreamServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * {@code --site DIR [--port N] [--faults FILE] [--log FILE]}: serves the tree on loopback until it
 * is ended; says {@code READY <url>} when it listens.
 */
public final class SampleUpstreamMain {
  private static final Set<String> OPTIONS = Set.of("--site", "--port", "--faults", "--log");

  private SampleUpstreamMain() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Map<String, String> options = options(args);
    String site = options.get("--site");
    if (site == null || !Files.isDirectory(Path.of(site))) {
      refuse("--site: " + (site == null ? "missing" : site + " is no directory"));
      return;
    }
    String faults = options.get("--faults");
    String log = options.get("--log");
    UpstreamServer server =
        UpstreamServer.start(
            Path.of(site),
            port(options),
            faults == null ? Faults.none() : Faults.readFrom(Path.of(faults)),
            log == null ? RequestLog.off() : RequestLog.to(Path.of(log)));
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    System.out.println("READY " + server.url());
    Thread.currentThread().join();
  }

  private static Map<String, String> options(String[] args) {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i < args.length; i += 2) {
      if (!OPTIONS.contains(args[i]) || i + 1 == args.length) {
        refuse(args[i] + ": not an option with a value");
      }
      options.put(args[i], args[i + 1]);
    }
    return options;
  }

  private static int port(Map<String, String> options) {
    String port = options.getOrDefault("--port", "0");
    if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > 65535) {
      refuse("--port: " + port + " is not a port; give 0 for any free one");
    }
    return Integer.parseInt(port);
  }

  private static void refuse(String why) {
    System.err.println(why);
    System.err.println("usage: --site DIR [--port N] [--faults FILE] [--log FILE]");
    System.exit(2);
  }
}
