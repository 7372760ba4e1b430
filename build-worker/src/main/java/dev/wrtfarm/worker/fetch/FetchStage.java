package dev.wrtfarm.worker.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wrtfarm.common.build.FailureReason;
import dev.wrtfarm.common.recipe.Recipe;
import dev.wrtfarm.common.value.ReleaseId;
import dev.wrtfarm.common.value.Sha256;
import dev.wrtfarm.worker.attempt.Attempt;
import dev.wrtfarm.worker.attempt.BuildFailed;
import dev.wrtfarm.worker.download.Downloader.Reply;
import dev.wrtfarm.worker.download.Received;
import dev.wrtfarm.worker.profile.NearNames;
import dev.wrtfarm.worker.profile.ProfilesJson;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Trust runs from the pinned keys over {@code sha256sums.sig} and {@code sha256sums} to everything
 * else: nothing is used whose digest a trusted key has not signed.
 */
public final class FetchStage {
  private static final long LARGEST_LIST = 32L << 20;
  private static final long LARGEST_SIGNATURE = 4 << 10;
  private static final long LARGEST_ARCHIVE = 4L << 30;

  private final Upstream upstream;
  private final TrustedKeys keys;
  private final GoldenTrees trees;

  public FetchStage(Upstream upstream, TrustedKeys keys, GoldenTrees trees) {
    this.upstream = upstream;
    this.keys = keys;
    this.trees = trees;
  }

  public ImageBuilder run(Attempt attempt) throws InterruptedException {
    Recipe recipe = attempt.recipe();
    URI folder =
        upstream.at(
            "%s/targets/%s/".formatted(new ReleaseId(recipe.release()).path(), recipe.target()));
    attempt.progress().at(0, "asking " + folder.getAuthority());
    Sha256Sums sums = sums(attempt, folder);
    String archive =
        sums.archive()
            .orElseThrow(() ->
                new BuildFailed(
                    FailureReason.UPSTREAM_INCOMPLETE,
                    folder + "sha256sums names no Image Builder for Linux on x86_64"));
    ImageBuilder builder =
        new ImageBuilder(
            archive,
            folder.resolve(archive),
            sums.of(archive).orElseThrow(),
            published(attempt, folder, sums));
    attempt.log().line("Image Builder " + builder.uri() + " sha256 " + builder.sha256());
    trees.ensure(builder.sha256(), file -> download(attempt, builder, file));
    return builder;
  }

  /** For a tree that was evicted since. */
  public void copyTree(Attempt attempt, ImageBuilder builder) throws InterruptedException {
    trees.copy(builder.sha256(), file -> download(attempt, builder, file), attempt.tree());
  }

  private Sha256Sums sums(Attempt attempt, URI folder) throws InterruptedException {
    URI uri = folder.resolve("sha256sums");
    Path file = attempt.dir().resolve("sha256sums");
    Reply reply = upstream.get(uri, file, LARGEST_LIST, Received.NOBODY);
    if (!reply.ok()) {
      throw new BuildFailed(
          FailureReason.RELEASE_UNKNOWN,
          "the download server has no release %s for target %s: %s answered HTTP %d"
              .formatted(
                  attempt.recipe().release(), attempt.recipe().target(), uri, reply.status()));
    }
    byte[] bytes = Upstream.read(file);
    URI signatureUri = folder.resolve("sha256sums.sig");
    Path signature = attempt.dir().resolve("sha256sums.sig");
    Reply signed = upstream.get(signatureUri, signature, LARGEST_SIGNATURE, Received.NOBODY);
    if (!signed.ok()) {
      throw new BuildFailed(
          FailureReason.SIGNATURE_INVALID,
          "%s is not signed: %s answered HTTP %d".formatted(uri, signatureUri, signed.status()));
    }
    String key = keys.verify(bytes, new String(Upstream.read(signature), UTF_8));
    attempt.log().line("sha256sums of " + folder + " is signed by key " + key);
    return Sha256Sums.parse(new String(bytes, UTF_8));
  }

  private Optional<List<ProfilesJson.Image>> published(Attempt attempt, URI folder, Sha256Sums sums)
      throws InterruptedException {
    Optional<Sha256> digest = sums.of("profiles.json");
    if (digest.isEmpty()) {
      return Optional.empty(); // older than 19.07
    }
    Path file = attempt.dir().resolve("upstream-profiles.json");
    upstream.need(
        folder.resolve("profiles.json"), file, LARGEST_LIST, digest.get(), Received.NOBODY);
    ProfilesJson profiles;
    try {
      profiles = ProfilesJson.parse(Upstream.read(file));
    } catch (IOException e) {
      throw new BuildFailed(
          FailureReason.UPSTREAM_INCOMPLETE, folder + "profiles.json: " + e.getMessage());
    }
    String profile = attempt.recipe().profile();
    if (profiles.images(profile).isEmpty()) {
      throw new BuildFailed(FailureReason.PROFILE_UNKNOWN, unknown(attempt.recipe(), profiles));
    }
    return profiles.images(profile);
  }

  private static String unknown(Recipe recipe, ProfilesJson profiles) {
    List<String> near = NearNames.of(recipe.profile(), profiles.imagesByProfile().keySet());
    return "target %s of release %s has no profile '%s'%s"
        .formatted(
            recipe.target(),
            recipe.release(),
            recipe.profile(),
            near.isEmpty() ? "" : "; did you mean " + String.join(", ", near) + "?");
  }

  private void download(Attempt attempt, ImageBuilder builder, Path file)
      throws InterruptedException {
    attempt.log().line("downloading " + builder.uri());
    upstream.need(
        builder.uri(),
        file,
        LARGEST_ARCHIVE,
        builder.sha256(),
        (received, total) ->
            attempt
                .progress()
                .at(
                    total > 0 ? (int) (received * 95 / total) : 0,
                    "downloading the Image Builder: " + Received.text(received, total)));
  }
}
