package dev.wrtfarm.cli.data;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.wrtfarm.cli.output.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code farm.json}: what runs here. It is written by the process that runs the farm, and read by
 * every other command.
 *
 * @param ready whether everything was up once, so that builds can be asked for
 */
public record FarmState(
    String api, Owner launcher, boolean ready, String upstream, List<ProgramState> programs) {

  /**
   * A process id alone may mean somebody else later; with its birth it cannot.
   *
   * @param started for people: a clock that is set moves it, since the system only knows how long
   *     after its own start that was
   * @param birth what no clock moves; missing where an older version wrote this
   */
  public record Owner(long pid, Instant started, @Nullable String birth) {
    public static Owner self() {
      return of(ProcessHandle.current()).orElseThrow();
    }

    public static Optional<Owner> of(ProcessHandle handle) {
      String birth = Birth.of(handle.pid()).orElse(null);
      return handle.info().startInstant().map(started -> new Owner(handle.pid(), started, birth));
    }

    /** The process, if it still is the same one. */
    public Optional<ProcessHandle> process() {
      return ProcessHandle.of(pid)
          .filter(ProcessHandle::isAlive)
          .filter(handle -> of(handle).filter(this::isSame).isPresent());
    }

    private boolean isSame(Owner now) {
      return birth == null ? started.equals(now.started) : birth.equals(now.birth);
    }
  }

  /**
   * One program of the farm.
   *
   * @param state {@code starting}, {@code running}, {@code waiting} (for its restart) or {@code
   *     stopped}
   * @param why why it died last
   */
  public record ProgramState(
      String name,
      String state,
      @Nullable Long pid,
      @Nullable Instant since,
      int restarts,
      @Nullable String why,
      String log) {
    @JsonIgnore
    public boolean isRunning() {
      return state.equals("running");
    }
  }

  @JsonIgnore
  public boolean isHealthy() {
    return ready && programs.stream().allMatch(ProgramState::isRunning);
  }

  /** Whether a program of that name is part of it, in whatever state. */
  public boolean runs(String program) {
    return programs.stream().anyMatch(each -> each.name().equals(program));
  }

  public static Optional<FarmState> read(DataFolder folder) {
    Path file = folder.stateFile();
    try {
      return Optional.of(Json.MAPPER.readValue(Files.readString(file), FarmState.class));
    } catch (NoSuchFileException | JsonProcessingException missingOrForeign) {
      return Optional.empty();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /** The state of a farm whose launcher lives. */
  public static Optional<FarmState> running(DataFolder folder) {
    return read(folder).filter(state -> state.launcher().process().isPresent());
  }

  public void write(DataFolder folder) throws IOException {
    WholeFile.write(folder.stateFile(), Json.pretty(this) + "\n", WholeFile.READABLE);
  }
}
