package dev.wrtfarm.flash.run;

import dev.wrtfarm.common.flash.FlashKind;
import dev.wrtfarm.common.flash.ImageFacts;
import dev.wrtfarm.common.flash.Level;
import dev.wrtfarm.common.flash.Verdict;
import dev.wrtfarm.common.flash.Wipe;
import dev.wrtfarm.flash.mark.MarkPlaces;
import dev.wrtfarm.flash.medium.Medium;
import dev.wrtfarm.flash.medium.Region;
import dev.wrtfarm.flash.wipe.WipeMap;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/**
 * Which block of the card is for what.
 *
 * @param cardBlocks how many the card says it has
 * @param imageBlocks the image's, from the card's start, the last one filled up with zeros
 * @param checkedBytes how many of the image's bytes are read back, from its start
 * @param canaries block numbers, highest first; all behind the image, and none where a system that
 *     boots from the card looks for something: what belongs there comes with the wipe, before the
 *     barriers, and not only when the canaries are taken off, after the last of them
 * @param nonces block numbers, lowest first; all under the image
 * @param restBytes less than a block, at the very end of the card: wiped with what is before it
 * @param outside what is filled with zeros behind the image, and the configuration archive's
 *     blocks; the canaries cut holes into it until they are cleared
 */
record Layout(
    long cardBlocks,
    long imageBlocks,
    long checkedBytes,
    long[] canaries,
    long[] nonces,
    long restBytes,
    List<Region> outside,
    ConfigPatch config) {

  static Layout of(RunRequest request, long size) throws RunStopped {
    ImageFacts image = request.image().facts();
    long cardBlocks = size / Medium.BLOCK;
    long imageBlocks = wholeBlocks(image.rawSize());
    if (image.rawSize() <= 0) {
      throw refused("the image is empty");
    }
    if (imageBlocks > cardBlocks) {
      throw refused(
          "the image needs "
              + image.rawSize()
              + " bytes and the card has "
              + size
              + "; take a larger card");
    }
    ConfigPatch config = config(request, image, cardBlocks);
    Long prefix = request.options().prefixBytes();
    if (prefix != null && prefix <= 0) {
      throw refused("a prefix of " + prefix + " bytes verifies nothing; name a larger one");
    }
    boolean few = request.options().level() == Level.QUICK;
    boolean marks = request.kind() == FlashKind.FLASH;
    // places follow from the run's id, so a record is enough to find them again
    Random random = new Random(ByteBuffer.wrap(request.runId()).getLong());
    List<Region> wanted = new ArrayList<>(request.wipe());
    wanted.addAll(config.blocks());
    if (request.options().wipe() == Wipe.FULL && marks) {
      wanted.add(new Region(0, cardBlocks * Medium.BLOCK));
    }
    long[] canaries =
        marks
            ? outsideOf(
                booted(image, config), MarkPlaces.canaries(imageBlocks, cardBlocks, few, random))
            : new long[0];
    List<Region> outside =
        Stretches.joined(wanted, imageBlocks * Medium.BLOCK, cardBlocks * Medium.BLOCK);
    // behind an image that takes every whole block there is nothing else to reach the end with
    boolean toTheEnd =
        (marks && imageBlocks == cardBlocks)
            || wanted.stream().anyMatch(region -> region.end() >= cardBlocks * Medium.BLOCK);
    return new Layout(
        cardBlocks,
        imageBlocks,
        prefix == null ? image.rawSize() : Math.min(prefix, image.rawSize()),
        canaries,
        marks ? MarkPlaces.nonces(imageBlocks, few, random) : new long[0],
        toTheEnd ? size % Medium.BLOCK : 0,
        Stretches.without(outside, canaries),
        config);
  }

  /** The configuration archive, and the stretch where an overlay is looked for. */
  private static List<Region> booted(ImageFacts image, ConfigPatch config) {
    List<Region> booted = new ArrayList<>(config.blocks());
    if (image.overlayOffset() != null) {
      long first = image.overlayOffset() / Medium.BLOCK;
      long end = wholeBlocks(image.overlayOffset() + WipeMap.OVERLAY);
      booted.add(new Region(first * Medium.BLOCK, (end - first) * Medium.BLOCK));
    }
    return booted;
  }

  private static long[] outsideOf(List<Region> regions, long[] blocks) {
    return Arrays.stream(blocks)
        .filter(block ->
            regions.stream()
                .allMatch(region ->
                    (block + 1) * Medium.BLOCK <= region.offset()
                        || block * Medium.BLOCK >= region.end()))
        .toArray();
  }

  long cardEnd() {
    return cardBlocks * Medium.BLOCK;
  }

  long imageEnd() {
    return imageBlocks * Medium.BLOCK;
  }

  /** Canaries and nonces, highest first. */
  long[] marks() {
    return LongStream.concat(
            Arrays.stream(canaries), Arrays.stream(nonces).map(n -> -n).sorted().map(n -> -n))
        .toArray();
  }

  static long wholeBlocks(long bytes) {
    return (bytes + Medium.BLOCK - 1) / Medium.BLOCK;
  }

  private static ConfigPatch config(RunRequest request, ImageFacts image, long cardBlocks)
      throws RunStopped {
    if (request.config().length == 0) {
      return new ConfigPatch(0, new byte[0]);
    }
    Long offset = image.overlayOffset();
    if (offset == null) {
      throw refused(
          "where this image looks for a configuration archive is not known;"
              + " flash it without one, or take an image with a squashfs or EROFS root");
    }
    if (wholeBlocks(offset + request.config().length) > cardBlocks) {
      throw refused("the configuration archive does not fit on the card behind the image");
    }
    return new ConfigPatch(offset, request.config());
  }

  private static RunStopped refused(String message) {
    return new RunStopped(Verdict.REFUSED, message);
  }
}
