package dev.wrtfarm.cli.build;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.wrtfarm.cli.http.EventStream;
import dev.wrtfarm.cli.http.EventStream.Event;
import dev.wrtfarm.cli.http.FarmApi;
import dev.wrtfarm.cli.output.Json;
import dev.wrtfarm.cli.output.Terminal;
import dev.wrtfarm.cli.problem.CommandFailed;
import dev.wrtfarm.cli.problem.ExitCode;
import dev.wrtfarm.cli.problem.FarmUnreachable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Prints a log while it grows. Each piece comes with its place, so that another replica goes on
 * where one broke off, with nothing twice and nothing left out.
 */
final class LogFollower {
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final FarmApi api;
  private final Terminal terminal;
  private Instant heard = Instant.now();
  private String place = "";

  LogFollower(FarmApi api, Terminal terminal) {
    this.api = api;
    this.terminal = terminal;
  }

  void untilEnd(String build) throws InterruptedException {
    while (!terminal.isBroken()) {
      try {
        Optional<EventStream> stream = api.events(build, place);
        if (stream.isEmpty() || endsIn(stream.get())) {
          return;
        }
      } catch (FarmUnreachable | CommandFailed e) {
        if (isFinal(e) || Instant.now().isAfter(heard.plus(PATIENCE))) {
          throw e;
        }
      }
      Thread.sleep(PAUSE);
    }
  }

  private boolean endsIn(EventStream stream) throws InterruptedException {
    try (stream) {
      for (Optional<Event> next = stream.next(); next.isPresent(); next = stream.next()) {
        heard = Instant.now();
        Event event = next.get();
        if (event.name().equals("log")) {
          terminal.text(Json.MAPPER.readTree(event.data()).path("text").asText());
        }
        place = event.id();
        if (event.name().equals("end") || terminal.isBroken()) {
          return true;
        }
      }
    } catch (JsonProcessingException e) {
      throw new CommandFailed(ExitCode.UNAVAILABLE, "an event of the log is not JSON: " + e);
    } catch (IOException e) {
      // It broke off; another stream goes on from the same place.
    }
    return false;
  }

  private static boolean isFinal(RuntimeException e) {
    return e instanceof CommandFailed failed && failed.exitCode() != ExitCode.UNAVAILABLE.code();
  }
}
