package dev.wrtfarm.flash.agent;

import dev.wrtfarm.common.agent.FlashWork.ImageSource;
import dev.wrtfarm.common.flash.FlashKind;
import dev.wrtfarm.common.flash.FlashOptions;
import dev.wrtfarm.common.flash.Level;
import dev.wrtfarm.common.flash.Wipe;
import dev.wrtfarm.common.value.Sha256;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

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

  AgentProcess startAgent() throws IOException {
    return AgentProcess.start(AgentProcess.configure(folder, farm, slots));
  }

  JobStandIn submit(FlashKind kind) {
    return submit(kind, QUICK, false);
  }

  JobStandIn submit(FlashKind kind, FlashOptions options, boolean unattended) {
    ImageSource source =
        new ImageSource(
            "sample.img",
            farm.serve("sample.img", image),
            Sha256.of(image).hex(),
            image.toFile().length(),
            "0123456789abcdef");
    JobStandIn job = new JobStandIn(kind, SLOT, source, options, unattended);
    farm.submit(job);
    return job;
  }

  boolean cardHoldsImage() throws IOException {
    byte[] wanted = Files.readAllBytes(image);
    try (RandomAccessFile file = new RandomAccessFile(card.toFile(), "r")) {
      byte[] found = new byte[wanted.length];
      file.readFully(found);
      return Arrays.equals(wanted, found);
    }
  }

  @Override
  public void close() {
    farm.close();
  }
}
