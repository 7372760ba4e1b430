package dev.wrtfarm.flash.run;

import dev.wrtfarm.common.flash.Verdict;
import dev.wrtfarm.flash.medium.Medium;
import dev.wrtfarm.flash.medium.MediumFailed;
import java.lang.foreign.MemorySegment;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.zip.CRC32C;

/** Writes chunks of the image a second time: once in a run, and never without saying so. */
final class Rewriting {
  /** A card with more damage than that is not worth a second try. */
  private static final int CHUNKS = 16;

  private final Scene scene;
  private final SortedSet<Long> offsets = new TreeSet<>();

  Rewriting(Scene scene, BadBlocks bad) {
    this.scene = scene;
    for (BadBlock block : bad.kept()) {
      offsets.add(block.number() / Buffers.BLOCKS_PER_CHUNK * Buffers.CHUNK);
    }
  }

  boolean isWorthIt() {
    return offsets.size() <= CHUNKS;
  }

  /** The chunk with block 0 comes last, and block 0 last of it. */
  void write(ImageSums sums) throws MediumFailed, RunStopped {
    scene.card().begin("rewrite", scene.layout().imageEnd());
    MemorySegment buffer = scene.buffers().chunk();
    MemorySegment first = scene.buffers().block();
    try (ImageReader image = new ImageReader(scene.request().image(), scene.layout().config())) {
      MemorySegment part;
      for (long at = 0; (part = image.next(buffer)) != null; at = image.offset()) {
        scene.card().worked(part.byteSize());
        if (!offsets.contains(at)) {
          continue;
        }
        refuseOtherContent(at, part, sums);
        if (at == 0) {
          first.copyFrom(part.asSlice(0, Medium.BLOCK));
          part = part.asSlice(Medium.BLOCK);
          at = Medium.BLOCK;
        }
        if (part.byteSize() > 0) {
          scene.card().write(at, part);
        }
      }
    }
    if (offsets.contains(0L)) {
      scene.card().flush();
      scene.card().write(0, first);
    }
    scene.record().rewrote(offsets.size());
  }

  /** The file may have been replaced since it was read first. */
  private static void refuseOtherContent(long offset, MemorySegment part, ImageSums sums)
      throws RunStopped {
    CRC32C crc = new CRC32C();
    for (int i = 0; i * Medium.BLOCK < part.byteSize(); i++) {
      if (!sums.isRight(
          offset / Medium.BLOCK + i, ImageSums.checksum(crc, part.asByteBuffer(), i))) {
        throw new RunStopped(
            Verdict.IMAGE_REFUSED,
            Verdict.IMAGE_REFUSED.meaning() + " (the file has changed while it was written)");
      }
    }
  }
}
