package dev.wrtfarm.system.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A failed test shows what the processes of its cluster said last. */
public final class LogTails implements AfterTestExecutionCallback {
  private static final int LINES = 60;

  @Override
  public void afterTestExecution(ExtensionContext context) {
    if (context.getExecutionException().isPresent()) {
      System.err.println("processes of the cluster when " + context.getDisplayName() + " failed:");
      Cluster.printAllLogs();
    }
  }

  static void print(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      for (Path log : all.sorted().toList()) {
        List<String> lines = Files.readAllLines(log);
        System.err.println("--- " + log);
        lines.subList(Math.max(0, lines.size() - LINES), lines.size()).forEach(System.err::println);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
