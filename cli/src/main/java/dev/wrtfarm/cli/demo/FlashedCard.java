package dev.wrtfarm.cli.demo;

import dev.wrtfarm.common.flash.FlashPlan;
import dev.wrtfarm.common.rest.FlashView;
import dev.wrtfarm.common.value.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.zip.GZIPInputStream;

/**
 * The demo's card after its flash, looked at without the agent's help.
 *
 * @param holdsImage whether its first bytes are those of the image
 * @param marker the image id that the root file system on the card names
 */
record FlashedCard(FlashView job, boolean holdsImage, String marker) {

  /**
   * @param card where the card's bytes lie
   * @param image the downloaded image, compressed
   */
  static FlashedCard look(FlashView job, Path card, Path image) throws IOException {
    long length = 0;
    MessageDigest wanted = Sha256.newDigest();
    byte[] chunk = new byte[1 << 16];
    try (InputStream in = new GZIPInputStream(Files.newInputStream(image), 1 << 16)) {
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        wanted.update(chunk, 0, n);
        length += n;
      }
    }
    boolean same = Sha256.of(wanted).equals(Sha256.of(first(card, length)));
    return new FlashedCard(job, same, same ? OpenedImage.ofRaw(card).marker() : "nothing");
  }

  private static MessageDigest first(Path card, long length) throws IOException {
    MessageDigest digest = Sha256.newDigest();
    ByteBuffer chunk = ByteBuffer.allocate(1 << 16);
    try (FileChannel bytes = FileChannel.open(card)) {
      for (long left = length; left > 0; left -= chunk.position()) {
        chunk.clear().limit((int) Math.min(left, chunk.capacity()));
        if (bytes.read(chunk) < 0) {
          break;
        }
        digest.update(chunk.flip());
      }
    }
    return digest;
  }

  /** Whether the kernel knew it as a device, and so could keep others away. */
  boolean isDevice() {
    FlashPlan plan = job.plan();
    return plan != null && !plan.device().bus().equals("file");
  }
}
