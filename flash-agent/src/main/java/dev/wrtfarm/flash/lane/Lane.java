package dev.wrtfarm.flash.lane;

import dev.wrtfarm.common.flash.RefusalReason;
import dev.wrtfarm.flash.device.DeviceRefused;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A lane's process as the parent sees it that started it. */
final class Lane implements RunningLane {
  private final LaneFolder folder;
  private final Process process;
  private final CompletableFuture<LaneWord> first = new CompletableFuture<>();
  private volatile Heard heard = Heard.nothing();

  private Lane(LaneFolder folder, Process process) {
    this.folder = folder;
    this.process = process;
  }

  /**
   * @param command of a program that runs {@link LaneMain}; the folder is added
   */
  static Lane start(LaneFolder folder, List<String> command) throws IOException {
    List<String> argv = new ArrayList<>(command);
    argv.add(folder.path().toAbsolutePath().toString());
    ProcessBuilder builder = new ProcessBuilder(argv);
    builder.directory(Path.of("/").toFile());
    builder.redirectError(folder.log().toFile());
    Lane lane = new Lane(folder, builder.start());
    Thread.ofPlatform().daemon().name("lane-" + folder.job()).start(lane::listen);
    return lane;
  }

  /** Nothing was written, and without {@link #go} nothing will be. */
  void awaitReady(Duration longest) throws DeviceRefused, InterruptedException {
    LaneWord word;
    try {
      word = first.get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new DeviceRefused(
          RefusalReason.IN_USE,
          "the device could not be opened within %d s: take the card out and put it in again"
              .formatted(longest.toSeconds()));
    } catch (ExecutionException e) {
      throw new DeviceRefused(
          RefusalReason.NO_DEVICE,
          "the lane's process ended before it had the device: " + folder.lastWords());
    }
    if (word.say() != LaneWord.Say.READY) {
      throw new DeviceRefused(
          word.reason() == null ? RefusalReason.NO_DEVICE : word.reason(),
          String.valueOf(word.text()));
    }
  }

  /** From here on the card may be written to. A lane that is gone does not hear it. */
  void go() {
    try {
      OutputStream to = process.getOutputStream();
      to.write("go\n".getBytes(StandardCharsets.US_ASCII));
      to.flush();
    } catch (IOException e) {
      // Whoever follows the lane finds that it is gone.
    }
  }

  /** Only before the go: the lane exits, and has written nothing. */
  void abandon() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // It is gone already.
    }
  }

  @Override
  public Heard heard() {
    return heard;
  }

  @Override
  public boolean awaitGone(Duration longest) throws InterruptedException {
    return process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public String howGone() {
    return "with exit code %d %s".formatted(process.exitValue(), folder.lastWords()).strip();
  }

  private void listen() {
    try (BufferedReader words =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = words.readLine(); line != null; line = words.readLine()) {
        LaneWord.read(line).ifPresent(this::hear);
      }
    } catch (IOException e) {
      // The pipe is gone with the process.
    } finally {
      first.completeExceptionally(new IOException("no word from the lane"));
    }
  }

  private void hear(LaneWord word) {
    switch (word.say()) {
      case READY, REFUSED -> first.complete(word);
      case PROGRESS -> heard = Heard.now(word);
      case BEGUN, ENDED -> heard = Heard.now(heard.word());
    }
  }
}
