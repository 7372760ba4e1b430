package dev.wrtfarm.worker.prepare;

import dev.wrtfarm.common.build.FailureReason;
import dev.wrtfarm.common.value.ByteSize;
import dev.wrtfarm.worker.attempt.Attempt;
import dev.wrtfarm.worker.attempt.BuildFailed;
import dev.wrtfarm.worker.fetch.FetchStage;
import dev.wrtfarm.worker.fetch.ImageBuilder;
import dev.wrtfarm.worker.profile.ProfilesJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/** A tree serves one build only: two in one tree break each other. */
public final class PrepareStage {
  private static final List<String> KEYS =
      List.of("key-build", "key-build.pub", "key-build.ucert", "key-build.ucert.revoke");

  private final FetchStage fetch;
  private final String local;
  private final long freeSpace;
  private final Optional<Path> signingKeys;

  /**
   * @param local where the sandbox finds the worker's proxy: feeds are numbered below it
   * @param signingKeys folder with {@code key-build} and its like. Up to 24.10 an Image Builder
   *     signs images with a key that it makes for itself, unless it finds one; only with the same
   *     key are two of those images the same
   * @param freeSpace bytes that a build needs on the disk before it begins
   */
  public PrepareStage(FetchStage fetch, String local, long freeSpace, Optional<Path> signingKeys) {
    this.fetch = fetch;
    this.local = local;
    this.freeSpace = freeSpace;
    this.signingKeys = signingKeys;
  }

  /** Returns the bases of the tree's feeds by number. */
  public List<URI> run(Attempt attempt, ImageBuilder builder) throws InterruptedException {
    builder.published().ifPresent(images -> checkFilesystems(attempt, images));
    try {
      long free = Files.getFileStore(attempt.dir()).getUsableSpace();
      if (free < freeSpace) {
        throw new BuildFailed(
            FailureReason.DISK_FULL,
            "%s has %s free, a build needs %s"
                .formatted(attempt.dir(), new ByteSize(free), new ByteSize(freeSpace)));
      }
      fetch.copyTree(attempt, builder);
      Files.createDirectories(attempt.output());
      copyKeys(attempt.tree());
      chooseFilesystems(attempt);
      return pointFeedsHere(attempt.tree());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void copyKeys(Path tree) throws IOException {
    for (String name : KEYS) {
      Path key = signingKeys.map(dir -> dir.resolve(name)).orElse(null);
      if (key != null && Files.exists(key)) {
        Files.copy(key, tree.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static void checkFilesystems(Attempt attempt, List<ProfilesJson.Image> images) {
    TreeSet<String> known = new TreeSet<>();
    images.stream()
        .map(ProfilesJson.Image::filesystem)
        .filter(Objects::nonNull)
        .forEach(known::add);
    for (String asked : attempt.recipe().filesystems()) {
      if (!known.isEmpty() && !known.contains(asked)) {
        throw new BuildFailed(
            FailureReason.FILESYSTEM_UNKNOWN,
            "profile %s has no images with file system %s; it has %s"
                .formatted(attempt.recipe().profile(), asked, String.join(", ", known)));
      }
    }
  }

  private static void chooseFilesystems(Attempt attempt) throws IOException {
    Path config = attempt.tree().resolve(".config");
    List<String> chosen = attempt.recipe().filesystems();
    if (!chosen.isEmpty() && Files.exists(config)) {
      Files.writeString(config, DotConfig.choose(Files.readString(config), chosen));
    }
  }

  private List<URI> pointFeedsHere(Path tree) throws IOException {
    Path opkg = tree.resolve("repositories.conf");
    boolean isOpkg = Files.exists(opkg);
    Path file = isOpkg ? opkg : tree.resolve("repositories");
    if (!Files.exists(file)) {
      throw new BuildFailed(
          FailureReason.UPSTREAM_INCOMPLETE,
          "the Image Builder has neither repositories.conf nor repositories");
    }
    String text = Files.readString(file);
    Repositories here = isOpkg ? Repositories.ofOpkg(text, local) : Repositories.ofApk(text, local);
    Files.writeString(file, here.text());
    return here.bases();
  }
}
