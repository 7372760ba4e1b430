package dev.wrtfarm.worker.verify;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.wrtfarm.common.build.ArtifactKind;
import dev.wrtfarm.common.build.Failure;
import dev.wrtfarm.common.build.FailureReason;
import dev.wrtfarm.common.recipe.Recipe;
import dev.wrtfarm.common.value.ByteSize;
import dev.wrtfarm.common.value.Sha256;
import dev.wrtfarm.worker.attempt.Attempt;
import dev.wrtfarm.worker.attempt.BuildFailed;
import dev.wrtfarm.worker.classify.Classifier;
import dev.wrtfarm.worker.fetch.ImageBuilder;
import dev.wrtfarm.worker.log.BuildLog;
import dev.wrtfarm.worker.profile.ProfilesJson;
import dev.wrtfarm.worker.profile.ProfilesJson.Image;
import dev.wrtfarm.worker.sandbox.MakeRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Exit status 0 does not mean that images were made. The output folder was open to package scripts,
 * so nothing in it is trusted: no symbolic link is followed, no name is used as a path.
 */
public final class VerifyStage {
  // The record has the digest of every file; the output's own list may disagree after later steps.
  private static final String OWN_SUMS = "sha256sums";
  // The farm takes 500 with the log.
  private static final int MOST_FILES = 499;
  private static final long LARGEST_FILE = 5L << 30;
  private static final long LARGEST_LIST = 32L << 20;
  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+~,-]{0,199}");

  /** Returns what is to be published. */
  public List<OutputFile> run(Attempt attempt, ImageBuilder builder, MakeRun run) {
    Classifier.tooBig(run.all())
        .ifPresent(failure -> {
          throw new BuildFailed(failure);
        });
    List<Image> made = made(attempt, run);
    Recipe recipe = attempt.recipe();
    for (Image each : made) {
      check(attempt.output(), each);
    }
    Set<String> missing =
        ExpectedImages.missing(builder.published().orElse(List.of()), recipe.filesystems(), made);
    if (!missing.isEmpty()) {
      throw failure("the build made no image of: " + String.join(", ", missing), run);
    }
    if (made.isEmpty()) {
      throw failure("the build made no image at all", run);
    }
    attempt.progress().at(100, made.size() + " images");
    return publishable(files(attempt.output(), made));
  }

  /** What the farm would refuse is refused here, where it can be told what is wrong. */
  private static List<OutputFile> publishable(List<OutputFile> files) {
    if (files.size() > MOST_FILES) {
      throw new BuildFailed(
          FailureReason.OUTPUT_REFUSED,
          "the output has %d files, the limit is %d".formatted(files.size(), MOST_FILES));
    }
    for (OutputFile each : files) {
      if (each.name().equals(BuildLog.NAME)) {
        throw new BuildFailed(
            FailureReason.OUTPUT_REFUSED,
            "the output has a file "
                + BuildLog.NAME
                + ", which is the name of the build's own log");
      }
      long size = each.path().toFile().length();
      if (size > LARGEST_FILE) {
        throw new BuildFailed(
            FailureReason.OUTPUT_REFUSED,
            "the file %s of the output has %s, the limit is %s"
                .formatted(each.name(), new ByteSize(size), new ByteSize(LARGEST_FILE)));
      }
    }
    return files;
  }

  private static List<Image> made(Attempt attempt, MakeRun run) {
    Path list = attempt.output().resolve("profiles.json");
    try {
      if (!Files.isRegularFile(list, NOFOLLOW_LINKS) || Files.size(list) > LARGEST_LIST) {
        throw failure("the build made no profiles.json", run);
      }
      Optional<List<Image>> images =
          ProfilesJson.parse(Files.readAllBytes(list)).images(attempt.recipe().profile());
      return images.orElseThrow(
          () -> failure("profiles.json has no profile " + attempt.recipe().profile(), run));
    } catch (IOException e) {
      throw failure("profiles.json cannot be read: " + e.getMessage(), run);
    }
  }

  private static void check(Path output, Image image) {
    Path file = output.resolve(image.name());
    if (!PLAIN_NAME.matcher(image.name()).matches() || !Files.isRegularFile(file, NOFOLLOW_LINKS)) {
      throw new BuildFailed(
          FailureReason.UNKNOWN, "profiles.json names " + image.name() + ", which is not there");
    }
    if (image.sha256() != null && !Sha256.of(file).hex().equals(image.sha256())) {
      throw new BuildFailed(
          FailureReason.UNKNOWN, image.name() + " does not have the SHA-256 of profiles.json");
    }
  }

  private static List<OutputFile> files(Path output, List<Image> made) {
    try (Stream<Path> all = Files.list(output)) {
      return all.filter(each -> Files.isRegularFile(each, NOFOLLOW_LINKS))
          .filter(each -> PLAIN_NAME.matcher(String.valueOf(each.getFileName())).matches())
          .filter(each -> !each.endsWith(OWN_SUMS))
          .sorted()
          .map(each -> described(each, made))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static OutputFile described(Path file, List<Image> made) {
    String name = String.valueOf(file.getFileName());
    return made.stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .map(each -> new OutputFile(file, ArtifactKind.IMAGE, each.type(), each.filesystem()))
        .orElseGet(() -> new OutputFile(file, kind(name), null, null));
  }

  private static ArtifactKind kind(String name) {
    if (name.equals("profiles.json")) {
      return ArtifactKind.PROFILES;
    }
    return name.endsWith(".manifest") ? ArtifactKind.MANIFEST : ArtifactKind.OTHER;
  }

  private static BuildFailed failure(String message, MakeRun run) {
    return new BuildFailed(new Failure(FailureReason.UNKNOWN, message, run.all().last(40)));
  }
}
