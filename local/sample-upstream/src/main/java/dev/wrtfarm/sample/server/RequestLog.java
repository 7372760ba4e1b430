package dev.wrtfarm.sample.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One line for each request, before it is answered: method, path, status. */
public final class RequestLog {
  private final @Nullable Path file;

  private RequestLog(@Nullable Path file) {
    this.file = file;
  }

  public static RequestLog off() {
    return new RequestLog(null);
  }

  public static RequestLog to(Path file) {
    return new RequestLog(file);
  }

  synchronized void add(String line) throws IOException {
    if (file != null) {
      Files.write(file, List.of(line), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
  }
}
