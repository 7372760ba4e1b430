package dev.wrtfarm.flash.plan;

import dev.wrtfarm.common.value.Sha256;
import dev.wrtfarm.flash.image.ImageRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Configuration archives of this host: {@code configs/NAME.tgz}. They hold passwords and keys, so
 * they never travel through the farm, which knows their names only.
 */
public record Configs(Path folder) {
  private static final long LARGEST = 16L << 20;

  /** One that was read. */
  public record Archive(byte[] bytes, String sha256) {}

  public static Configs of(Path data) {
    return new Configs(data.resolve("configs"));
  }

  /** Empty for no name. */
  public Optional<Archive> read(@Nullable String name) throws IOException {
    if (name == null) {
      return Optional.empty();
    }
    if (!name.matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}")) {
      throw new ImageRefused(
          "config: '%s' is not a name; give letters, digits, dots and dashes".formatted(name));
    }
    Path file = folder.resolve(name + ".tgz");
    if (!Files.isRegularFile(file)) {
      throw new ImageRefused(
          "config: this host has no %s; put a sysupgrade.tgz there".formatted(file));
    }
    if (Files.size(file) > LARGEST) {
      throw new ImageRefused("config: %s is larger than %d bytes".formatted(file, LARGEST));
    }
    byte[] bytes = Files.readAllBytes(file);
    return Optional.of(new Archive(bytes, Sha256.of(bytes).hex()));
  }
}
