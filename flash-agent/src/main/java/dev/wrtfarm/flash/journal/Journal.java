package dev.wrtfarm.flash.journal;

import dev.wrtfarm.common.value.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * What the agent did: only ever added to, and on the disk when {@link Writer#append} returns.
 *
 * <h2>Why nobody can change it unnoticed</h2>
 *
 * Each line is signed with the agent's key and holds the digest of the line before, files are named
 * after their first line, and a signed head says where the journal ends. So an edit, a line or file
 * less, and an end cut off are all found; with the key in hand one could write another journal, but
 * not one that fits the copy that the farm has.
 *
 * <h2>Several processes</h2>
 *
 * An agent and a one-shot run may use the same journal: each addition takes a lock among processes
 * and first reads what the others added. A check and the addition that depends on it belong into
 * one {@link #exclusively}.
 *
 * <h2>Killed in the middle</h2>
 *
 * A line goes to the disk first and the head after it. So there may be one line after the head: if
 * it is whole it counts, if not it is cut off; its addition never returned.
 */
public final class Journal implements AutoCloseable {
  private static final long LONGEST_FILE = 8L << 20;

  private final JournalFiles files;
  private final AgentKey key;
  private final InstantSource clock;
  private final long longestFile;
  private final ProcessLock processLock;
  private final ReentrantLock mine = new ReentrantLock();
  private final List<Consumer<Entry>> followers = new CopyOnWriteArrayList<>();
  private final ChainReader reader;
  private Head head;

  private Journal(
      JournalFiles files,
      AgentKey key,
      InstantSource clock,
      long longestFile,
      ProcessLock processLock) {
    this.files = files;
    this.key = key;
    this.clock = clock;
    this.longestFile = longestFile;
    this.processLock = processLock;
    this.reader = new ChainReader(files, key);
    this.head = new Head(0, ChainedLine.BEFORE_FIRST, JournalFiles.nameFor(1), 0);
  }

  /**
   * Opens the journal of a data folder, or begins it.
   *
   * @param followers hear every line, from the first on, also of other processes
   */
  public static Journal open(
      Path data, String host, InstantSource clock, List<Consumer<Entry>> followers)
      throws IOException {
    return open(data, host, clock, LONGEST_FILE, followers);
  }

  static Journal open(
      Path data,
      String host,
      InstantSource clock,
      long longestFile,
      List<Consumer<Entry>> followers)
      throws IOException {
    DurableFile.createFolder(data);
    JournalFiles files = new JournalFiles(data.resolve("journal"));
    DurableFile.createFolder(files.folder());
    ProcessLock lock = ProcessLock.on(files.lock());
    Optional<AgentKey> key;
    try (var held = lock.hold()) {
      key = Birth.of(data, files).key();
    }
    if (key.isEmpty()) {
      throw new JournalBroken(
          "%s is missing, but %s holds a journal that was signed with it"
              .formatted(data.resolve(Birth.KEY), files.folder()));
    }
    Journal journal = new Journal(files, key.get(), clock, longestFile, lock);
    journal.followers.addAll(followers);
    journal.exclusively(writer -> {
      if (journal.head.n() == 0) {
        writer.append(new JournalRecord.Created(host));
      }
      return true;
    });
    return journal;
  }

  public AgentKey key() {
    return key;
  }

  /** One addition that depends on nothing. */
  public void append(JournalRecord what) throws IOException {
    exclusively(writer -> {
      writer.append(what);
      return true;
    });
  }

  /** Nobody else adds anything meanwhile, and followers have heard of everything before. */
  public <T> T exclusively(Work<T> work) throws IOException {
    mine.lock();
    try (var held = processLock.hold()) {
      catchUp();
      return work.with(this::write);
    } finally {
      mine.unlock();
    }
  }

  /** Lets followers hear what other processes added. */
  public void refresh() throws IOException {
    exclusively(writer -> true);
  }

  /** Of the next line. */
  public long next() {
    mine.lock();
    try {
      return head.n() + 1;
    } finally {
      mine.unlock();
    }
  }

  /**
   * Lines as they are in the files, for a copy elsewhere.
   *
   * @param from at least 1
   */
  public List<String> lines(long from, int most) throws IOException {
    mine.lock();
    try {
      List<String> found = new ArrayList<>();
      long n = from;
      while (n <= head.n() && found.size() < most) {
        String name = files.nameWith(n);
        long end = name.equals(head.file()) ? head.length() : files.length(name);
        List<String> lines = files.lines(name, 0, end);
        int skip = Math.toIntExact(n - JournalFiles.firstOf(name));
        if (skip >= lines.size()) {
          throw new JournalBroken("line %d is missing".formatted(n));
        }
        found.addAll(lines.subList(skip, Math.min(lines.size(), skip + most - found.size())));
        n = from + found.size();
      }
      return found;
    } finally {
      mine.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    processLock.close();
  }

  private void catchUp() throws IOException {
    if (!Files.exists(files.head()) && files.names().isEmpty() && head.n() == 0) {
      return;
    }
    head = new Tail(files, key).settle();
    reader.readTo(head, this::tell);
  }

  private void write(JournalRecord what) throws IOException {
    String name = head.length() >= longestFile ? JournalFiles.nameFor(head.n() + 1) : head.file();
    String line = ChainedLine.write(key, head.n() + 1, clock.instant(), what, head.digest());
    files.append(name, line);
    head = new Head(head.n() + 1, ChainedLine.digest(line), name, files.length(name));
    head.save(files.head(), key);
    reader.readTo(head, this::tell);
  }

  private void tell(Entry entry) {
    followers.forEach(follower -> follower.accept(entry));
  }

  /** What stands for a token in the journal. */
  public static String standIn(String token) {
    return Sha256.of(token).hex();
  }

  /** Runs while the journal is locked. */
  @FunctionalInterface
  public interface Work<T> {
    T with(Writer writer) throws IOException;
  }

  /** Adds lines; good only inside {@link #exclusively}. */
  @FunctionalInterface
  public interface Writer {
    void append(JournalRecord what) throws IOException;
  }
}
