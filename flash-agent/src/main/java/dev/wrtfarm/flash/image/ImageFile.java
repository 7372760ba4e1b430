package dev.wrtfarm.flash.image;

import dev.wrtfarm.common.flash.ImageFacts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * An image in a file of this host: raw, gzip (with OpenWrt's metadata behind it), zstd or xz. It is
 * unpacked while it is read, each time anew; a whole image is never in memory or on the disk.
 */
public final class ImageFile implements ImageInput {
  private static final int CHUNK = 1024 * 1024;

  /** No partition table fits into less. */
  private static final int SMALLEST = 512;

  private final Path path;
  private final ImageFacts facts;

  private ImageFile(Path path, ImageFacts facts) {
    this.path = path;
    this.facts = facts;
  }

  /**
   * Reads the whole file once.
   *
   * @param name what people call it: the file may be named by its digest
   * @param sha256 what the file must have; null when nobody knows
   * @param imageId the farm's image id, if one of its builds made it
   * @param largest how many raw bytes there may be: the card's size, if it is known
   */
  public static ImageFile look(
      Path path, String name, @Nullable String sha256, @Nullable String imageId, long largest)
      throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new ImageRefused(name + ": there is no such file: " + path);
    }
    try {
      return looked(path, name, sha256, imageId, largest);
    } catch (ImageRefused refused) {
      // A file that is not the one that was meant is the better explanation of any damage.
      if (sha256 != null) {
        require(sha256, digest(path), name);
      }
      throw refused;
    }
  }

  private static ImageFile looked(
      Path path, String name, @Nullable String sha256, @Nullable String imageId, long largest)
      throws IOException {
    ImageFormat format = ImageFormat.of(head(path), name);
    OverlayFinder finder = new OverlayFinder();
    ImageStream.Found[] found = new ImageStream.Found[1];
    try (InputStream in = new ImageStream(path, name, format, largest, f -> found[0] = f)) {
      byte[] chunk = new byte[CHUNK];
      long offset = 0;
      for (int got = in.read(chunk); got >= 0; got = in.read(chunk)) {
        finder.take(chunk, 0, got, offset);
        offset += got;
      }
    }
    if (sha256 != null) {
      require(sha256, found[0].sha256(), name);
    }
    if (found[0].rawSize() < SMALLEST) {
      throw new ImageRefused(
          "%s holds %d bytes: that is no disk image".formatted(name, found[0].rawSize()));
    }
    OptionalLong overlay = finder.overlay();
    return new ImageFile(
        path,
        new ImageFacts(
            name,
            found[0].sha256(),
            found[0].size(),
            format.word(),
            found[0].rawSha256(),
            found[0].rawSize(),
            overlay.isPresent() ? overlay.getAsLong() : null,
            imageId));
  }

  /** An image that somebody else looked through; {@link #open} finds out if it is another now. */
  public static ImageFile known(Path path, ImageFacts facts) {
    return new ImageFile(path, facts);
  }

  @Override
  public ImageFacts facts() {
    return facts;
  }

  @Override
  public InputStream open() throws IOException {
    ImageFormat format = ImageFormat.ofWord(facts.format());
    return new ImageStream(path, facts.name(), format, facts.rawSize(), this::check);
  }

  private void check(ImageStream.Found found) throws ImageRefused {
    require(facts.sha256(), found.sha256(), facts.name());
    if (found.rawSize() != facts.rawSize() || !found.rawSha256().equals(facts.rawSha256())) {
      throw new ImageRefused(
          "%s unpacked to something else than before: %s instead of %s; look for faulty memory"
              .formatted(facts.name(), found.rawSha256(), facts.rawSha256()));
    }
  }

  private static void require(String expected, String found, String name) throws ImageRefused {
    if (!expected.equalsIgnoreCase(found)) {
      throw new ImageRefused(
          "%s has the SHA-256 %s, and should have %s: it is another file or damaged; fetch it again"
              .formatted(name, found, expected));
    }
  }

  private static byte[] head(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes(16);
    }
  }

  private static String digest(Path path) throws IOException {
    try (DigestedInput in = new DigestedInput(Files.newInputStream(path))) {
      byte[] chunk = new byte[CHUNK];
      int got;
      do {
        got = in.read(chunk);
      } while (got >= 0);
      return in.sha256();
    }
  }
}
