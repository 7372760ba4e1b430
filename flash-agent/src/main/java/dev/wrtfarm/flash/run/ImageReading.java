package dev.wrtfarm.flash.run;

import dev.wrtfarm.common.flash.MismatchKind;
import dev.wrtfarm.flash.medium.Medium;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32C;

/** Reads the image back from the card. Another thread digests and compares. */
final class ImageReading {
  private final Scene scene;
  private final ImageSums sums;
  private final BadBlocks bad;
  private final MessageDigest digest = ImageSums.sha256();
  private final CRC32C crc = new CRC32C();
  private final long checked;
  private final PiecewiseReading piecewise;
  private final Set<Long> unreadable = ConcurrentHashMap.newKeySet();

  ImageReading(Scene scene, ImageSums sums, BadBlocks bad) {
    this.scene = scene;
    this.sums = sums;
    this.bad = bad;
    this.checked = scene.layout().checkedBytes();
    this.piecewise = new PiecewiseReading(scene.card());
  }

  /** How many bytes of the card one reading covers. */
  static long bytes(Layout layout) {
    return Layout.wholeBlocks(layout.checkedBytes()) * Medium.BLOCK;
  }

  /**
   * @return whether the digest is the expected one; each wrong block is among the bad ones
   */
  boolean read() throws RunStopped {
    long end = bytes(scene.layout());
    try (Conveyor conveyor = new Conveyor(scene.buffers(), "image-digest", this::compare)) {
      for (long offset = 0; offset < end; offset += Buffers.CHUNK) {
        MemorySegment buffer = conveyor.takeEmpty();
        MemorySegment part = buffer.asSlice(0, Math.min(Buffers.CHUNK, end - offset));
        piecewise.read(offset, part, unreadable::add);
        conveyor.giveFull(new Conveyor.Load(offset, buffer, part));
      }
      conveyor.giveEnd();
      conveyor.finish();
    } catch (InterruptedException e) {
      throw Conveyor.interrupted();
    }
    return HexFormat.of().formatHex(digest.digest()).equals(sums.digest());
  }

  private void compare(Conveyor belt) throws RunStopped, InterruptedException {
    Conveyor.Load load;
    while (!(load = belt.takeFull()).isEnd()) {
      digest.update(ImageSums.upTo(load.part(), checked - load.offset()));
      ByteBuffer bytes = load.part().asByteBuffer();
      for (int i = 0; i * Medium.BLOCK < bytes.capacity(); i++) {
        long number = load.offset() / Medium.BLOCK + i;
        boolean right = sums.isRight(number, ImageSums.checksum(crc, bytes, i));
        if (!right || unreadable.contains(number)) {
          addBad(number, load.part().asSlice((long) i * Medium.BLOCK, Medium.BLOCK));
        }
      }
      belt.giveEmpty(load);
    }
  }

  private void addBad(long number, MemorySegment block) {
    Seen seen =
        unreadable.contains(number)
            ? Seen.of(MismatchKind.UNREADABLE)
            : scene.recognition().see(number, block);
    bad.add(new BadBlock(Area.IMAGE, number, Fingerprint.of(block), seen));
  }
}
