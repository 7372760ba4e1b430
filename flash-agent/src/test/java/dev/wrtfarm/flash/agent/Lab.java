package dev.wrtfarm.flash.agent;

import dev.wrtfarm.common.agent.FlashWork.ImageSource;
import dev.wrtfarm.common.agent.Inventory.SlotReport;
import dev.wrtfarm.common.flash.CardState;
import dev.wrtfarm.common.flash.FlashKind;
import dev.wrtfarm.common.flash.FlashOptions;
import dev.wrtfarm.common.flash.FlashPlan;
import dev.wrtfarm.common.flash.Level;
import dev.wrtfarm.common.flash.Wipe;
import dev.wrtfarm.common.value.Sha256;
import dev.wrtfarm.flash.journal.Journal;
import dev.wrtfarm.flash.journal.JournalRecord.Intent;
import dev.wrtfarm.flash.lane.LaneFolder;
import dev.wrtfarm.flash.lane.LaneProcesses;
import dev.wrtfarm.flash.local.LocalMain;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A farm, a host's configuration with one slot, a card that is a file, and an image for it. */
final class Lab implements AutoCloseable {
  static final String SLOT = "slot-1";
  static final FlashOptions QUICK = new FlashOptions(Level.QUICK, Wipe.SIGNATURES, null, null);
  private static final int MIB = 1 << 20;

  private final Path folder;
  private final FarmStandIn farm;
  private final Path card;
  private final Path image;
  private final Map<String, String> slots = new TreeMap<>();
  private volatile @Nullable JobStandIn last;

  Lab(Path folder) throws IOException {
    this(folder, 8);
  }

  Lab(Path folder, int imageMib) throws IOException {
    this.folder = folder.toRealPath();
    farm = FarmStandIn.start();
    card = this.folder.resolve("card");
    try (RandomAccessFile file = new RandomAccessFile(card.toFile(), "rw")) {
      file.setLength(imageMib * 2L * MIB + 32 * MIB);
    }
    image = this.folder.resolve("sample.img");
    byte[] bytes = new byte[imageMib * MIB];
    new Random(imageMib).nextBytes(bytes);
    Files.write(image, bytes);
    slots.put("slot.%s.port".formatted(SLOT), "file:" + card);
  }

  FarmStandIn farm() {
    return farm;
  }

  Path data() {
    return folder.resolve("data");
  }

  Path card() {
    return card;
  }

  Path image() {
    return image;
  }

  void setSlot(String key, String value) {
    slots.put("slot.%s.%s".formatted(SLOT, key), value);
  }

  /** Any earlier one has to be dead. */
  AgentProcess startAgent() throws IOException, InterruptedException {
    return AgentProcess.start(AgentProcess.configure(folder, farm, slots));
  }

  JobStandIn submit(FlashKind kind) {
    return submit(kind, QUICK, false);
  }

  JobStandIn submit(FlashKind kind, FlashOptions options, boolean unattended) {
    JobStandIn job = new JobStandIn(kind, SLOT, source(), options, unattended);
    last = job;
    farm.submit(job);
    return job;
  }

  /** The last one that was submitted. */
  JobStandIn job() {
    return Objects.requireNonNull(last, "no job yet");
  }

  JobStandIn submitTo(String slot) {
    JobStandIn job = new JobStandIn(FlashKind.FLASH, slot, source(), QUICK, false);
    farm.submit(job);
    return job;
  }

  private ImageSource source() {
    return new ImageSource(
        "sample.img",
        farm.serve("sample.img", image),
        Sha256.of(image).hex(),
        image.toFile().length(),
        "0123456789abcdef");
  }

  /** Another slot, with a card of its own. */
  Path addSlot(String name) throws IOException {
    Path second = folder.resolve("card-of-" + name);
    try (RandomAccessFile file = new RandomAccessFile(second.toFile(), "rw")) {
      file.setLength(card.toFile().length());
    }
    slots.put("slot.%s.port".formatted(name), "file:" + second);
    return second;
  }

  /** As a person does on the host. */
  void mark(String id, CardState state) throws InterruptedException {
    main("cards", "mark", id, "--state", state.name(), "--data", data().toString());
  }

  /** What the agent that was started last has said of its first slot; empty at first. */
  Optional<SlotReport> slot() {
    return Optional.ofNullable(farm.inventory()).map(now -> now.slots().getFirst());
  }

  boolean isSlot(String state) {
    return slot().filter(slot -> slot.state().equals(state)).isPresent();
  }

  boolean cardHoldsImage() throws IOException {
    return holdsImage(card);
  }

  boolean holdsImage(Path device) throws IOException {
    byte[] wanted = Files.readAllBytes(image);
    try (RandomAccessFile file = new RandomAccessFile(device.toFile(), "r")) {
      byte[] found = new byte[wanted.length];
      file.readFully(found);
      return Arrays.equals(wanted, found);
    }
  }

  /** The same file, all zeros again. */
  void clearCard() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(card.toFile(), "rw")) {
      long size = file.length();
      file.setLength(0);
      file.setLength(size);
    }
  }

  boolean cardIsBlank() throws IOException {
    byte[] all = Files.readAllBytes(card);
    return Arrays.equals(new byte[all.length], all);
  }

  Path laneFolder(JobStandIn job) {
    return data().resolve("lanes").resolve(job.id);
  }

  boolean isLaneAlive(JobStandIn job) throws IOException {
    return LaneFolder.of(data(), job.id).isAlive();
  }

  void awaitNoLane(JobStandIn job) throws Exception {
    Eventually.eventually("no lane", () -> !isLaneAlive(job));
  }

  boolean journalSays(String words) throws IOException {
    return journalCount(words) > 0;
  }

  long journalCount(String words) throws IOException {
    try (Stream<Path> files = Files.list(data().resolve("journal"))) {
      List<Path> all = files.filter(file -> file.toString().endsWith(".jsonl")).toList();
      long count = 0;
      for (Path file : all) {
        count += Files.readString(file).lines().filter(line -> line.contains(words)).count();
      }
      return count;
    }
  }

  /** What the one-shot command says to the same card, with the same data folder. */
  String localRun() throws InterruptedException {
    return main(
        "local",
        "run",
        "--test-host",
        "--confirm",
        "card",
        "--level",
        "quick",
        "--image",
        image.toString(),
        "--device",
        card.toString(),
        "--data",
        data().toString());
  }

  /** As a local run does before its go, which ends then with everything that belonged to it. */
  void intend(String name, FlashPlan plan) throws IOException {
    try (Journal journal = Journal.open(data(), "lab", InstantSource.system(), List.of())) {
      journal.append(
          new Intent(
              name,
              plan.kind(),
              plan.slot(),
              plan.device(),
              plan.image(),
              plan.options(),
              Journal.standIn(name),
              "boot",
              "local"));
    }
  }

  /** What a person at the host says about a card that nobody knows. */
  String resolveHere(JobStandIn job, String... more) throws InterruptedException {
    List<String> words =
        new ArrayList<>(List.of("local", "resolve", "--job", job.id, "--note", "looked at it"));
    words.addAll(List.of("--data", data().toString()));
    words.addAll(List.of(more));
    return main(words.toArray(String[]::new));
  }

  private static String main(String... words) throws InterruptedException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    int code = new LocalMain(InputStream.nullInputStream(), out, out).run(List.of(words));
    return code + " " + said.toString(StandardCharsets.UTF_8);
  }

  /** Lanes that hang at their image, and would for ever. */
  void endLanes() throws InterruptedException {
    LaneProcesses.end(data());
  }

  @Override
  public void close() {
    farm.close();
  }
}
