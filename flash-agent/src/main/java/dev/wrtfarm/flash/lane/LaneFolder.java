package dev.wrtfarm.flash.lane;

import dev.wrtfarm.flash.journal.DurableFile;
import dev.wrtfarm.flash.journal.Json;
import dev.wrtfarm.flash.journal.ProcessLock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Everything about one run, in {@code lanes/JOB}: its order, its image, its own journal file, and a
 * lock that the lane's process has for as long as it lives, even if it hangs in the kernel.
 */
public record LaneFolder(Path path) {
  private static final String LOCK = "lane.lock";
  private static final Duration LOCK_WAIT = Duration.ofSeconds(10);
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(10);
  private static final Pattern JOB = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /** What the lane itself knows about its run. */
  public record Told(boolean begun, Optional<LaneWord> ended) {}

  /** The job's name comes from outside, and the folder of that name is emptied. */
  public static LaneFolder of(Path data, String job) {
    if (!JOB.matcher(job).matches()) {
      throw new IllegalArgumentException(
          "job '%s': it has 1 to 64 letters, digits, _ and -".formatted(job));
    }
    return new LaneFolder(root(data).resolve(job));
  }

  public static List<LaneFolder> all(Path data) throws IOException {
    if (!Files.isDirectory(root(data))) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(root(data))) {
      return folders.filter(Files::isDirectory).sorted().map(LaneFolder::new).toList();
    }
  }

  private static Path root(Path data) {
    return data.resolve("lanes");
  }

  public String job() {
    return path.getFileName().toString();
  }

  /** Makes it, with a name for the image that nobody else can take away. */
  void create(Execution.Material material) throws IOException {
    delete();
    DurableFile.createFolder(path.resolveSibling(""));
    DurableFile.createFolder(path);
    link(material.image());
    if (material.config().isPresent()) {
      DurableFile.replace(config(), material.config().get());
    }
    if (material.lease().isPresent()) {
      DurableFile.replace(lease(), material.lease().get());
    }
    DurableFile.replace(
        path.resolve("order.json"), Json.MAPPER.writeValueAsBytes(material.order()));
  }

  private void link(Path image) throws IOException {
    try {
      Files.createLink(image(), image.toRealPath());
    } catch (IOException | UnsupportedOperationException e) {
      // On another file system, or somebody else's: the lane checks its digest while it writes.
      Files.createSymbolicLink(image(), image.toRealPath());
    }
  }

  public LaneOrder order() throws IOException {
    return Json.MAPPER.readValue(path.resolve("order.json").toFile(), LaneOrder.class);
  }

  Path image() {
    return path.resolve("image");
  }

  Path config() {
    return path.resolve("config.tgz");
  }

  Path log() {
    return path.resolve("lane.log");
  }

  /** Where the agent keeps the lease of the job, for a report after a restart. */
  public Path lease() {
    return path.resolve("lease.json");
  }

  /** One for each reader of this host. */
  Path locks() {
    return path.resolveSibling("..").normalize().resolve("locks");
  }

  /**
   * For the lane's process, until it is gone; false when there is one already. Whoever asks whether
   * there is one ({@link #isAlive}) has the lock for a moment, so it is tried for a while.
   */
  boolean keepLock() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + LOCK_WAIT.toNanos();
    while (!ProcessLock.keep(path.resolve(LOCK))) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.sleep(BETWEEN_TRIES);
    }
    return true;
  }

  /** Whether a lane's process lives, and so may hold the device. */
  public boolean isAlive() throws IOException {
    return ProcessLock.isHeld(path.resolve(LOCK));
  }

  /** Adds a line to the lane's own journal file; it is on the disk when this returns. */
  void note(LaneWord word) throws IOException {
    DurableFile.append(run(), word.line() + "\n");
  }

  /** What the lane's own journal file says. */
  public Told told() throws IOException {
    boolean begun = false;
    Optional<LaneWord> ended = Optional.empty();
    for (String line : Files.exists(run()) ? Files.readAllLines(run()) : List.<String>of()) {
      Optional<LaneWord> word = LaneWord.read(line);
      begun |= word.isPresent();
      if (word.filter(each -> each.say() == LaneWord.Say.ENDED).isPresent()) {
        ended = word;
      }
    }
    return new Told(begun, ended);
  }

  /** For a parent that was not there from the beginning; lost in a power cut. */
  void showProgress(LaneWord word) throws IOException {
    Path fresh = path.resolve("progress.new");
    Files.writeString(fresh, word.line());
    Files.move(fresh, path.resolve("progress"), StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * @param stamp another one each time that the lane showed something
   */
  record Shown(LaneWord word, String stamp) {}

  Optional<Shown> progress() throws IOException {
    Path file = path.resolve("progress");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    String stamp = Files.getLastModifiedTime(file).toString();
    return LaneWord.read(Files.readString(file)).map(word -> new Shown(word, stamp));
  }

  /** Asks the lane to stop between two requests to its device. */
  void cancel() throws IOException {
    Files.write(path.resolve("cancel"), new byte[0], StandardOpenOption.CREATE);
  }

  boolean isCancelled() {
    return Files.exists(path.resolve("cancel"));
  }

  /** What is left of the log, for a person. */
  String lastWords() {
    try {
      String text = Files.readString(log(), StandardCharsets.UTF_8).strip();
      return text.length() <= 300 ? text : "…" + text.substring(text.length() - 300);
    } catch (IOException e) {
      return "";
    }
  }

  public void delete() throws IOException {
    if (!Files.isDirectory(path)) {
      return;
    }
    List<Path> content = new ArrayList<>();
    try (Stream<Path> files = Files.walk(path)) {
      files.sorted(Comparator.reverseOrder()).forEach(content::add);
    }
    for (Path each : content) {
      Files.deleteIfExists(each);
    }
  }

  private Path run() {
    return path.resolve("run.jsonl");
  }
}
