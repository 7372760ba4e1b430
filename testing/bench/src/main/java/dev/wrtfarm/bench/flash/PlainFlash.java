package dev.wrtfarm.bench.flash;

import dev.wrtfarm.bench.process.BenchFailed;
import dev.wrtfarm.bench.process.Workbench;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What a careful person does by hand: {@code dd} past the page cache, and a digest of the card. */
final class PlainFlash {
  private PlainFlash() {}

  record Times(Duration write, Duration verify) {
    Duration both() {
      return write.plus(verify);
    }
  }

  static Times run(Workbench bench, BenchCard card, BenchImage image) throws IOException {
    Duration write =
        bench
            .commands()
            .run(
                List.of(
                    "dd",
                    "if=" + image.path(),
                    "of=" + card.node(),
                    "bs=4M",
                    "oflag=direct",
                    "conv=fsync",
                    "status=none"))
            .withExit(0)
            .took();
    return new Times(write, verify(card.node(), image));
  }

  private static Duration verify(Path node, BenchImage image) throws IOException {
    long blocks = image.bytes() / (4L << 20);
    long began = System.nanoTime();
    List<Process> pipeline =
        ProcessBuilder.startPipeline(
            List.of(
                new ProcessBuilder(
                        "dd",
                        "if=" + node,
                        "bs=4M",
                        "iflag=direct",
                        "count=" + blocks,
                        "status=none")
                    .redirectError(ProcessBuilder.Redirect.INHERIT),
                new ProcessBuilder("openssl", "dgst", "-sha256", "-r")
                    .redirectError(ProcessBuilder.Redirect.INHERIT)));
    Process last = pipeline.getLast();
    String said = new String(last.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    try {
      for (Process each : pipeline) {
        if (each.waitFor() != 0) {
          throw new BenchFailed("dd | openssl ended with exit code " + each.exitValue());
        }
      }
    } catch (InterruptedException e) {
      pipeline.forEach(Process::destroyForcibly);
      Thread.currentThread().interrupt();
      throw new BenchFailed("stopped", e);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    if (!said.startsWith(image.input().facts().rawSha256())) {
      throw new BenchFailed("dd wrote something else than the image: " + said);
    }
    return took;
  }
}
