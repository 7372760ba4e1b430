package dev.wrtfarm.cli.flash;

import dev.wrtfarm.cli.build.BuildReport;
import dev.wrtfarm.cli.build.FollowedBuild;
import dev.wrtfarm.cli.http.FarmApi;
import dev.wrtfarm.cli.output.Terminal;
import dev.wrtfarm.cli.problem.CommandFailed;
import dev.wrtfarm.cli.problem.ExitCode;
import dev.wrtfarm.common.rest.BuildView;
import dev.wrtfarm.common.rest.SubmitBuild;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which image comes onto the card. */
final class ImageChoice {
  @Option(names = "--build", paramLabel = "ID", description = "The image of this build.")
  private @Nullable String build;

  @Option(
      names = "--profile",
      paramLabel = "P",
      description = "The image of this profile: built if there is no fresh one.")
  private @Nullable String profile;

  @Option(
      names = {"-p", "--package"},
      paramLabel = "P",
      description = "With --profile: adds package P; --package=-P removes it. May be repeated.")
  private List<String> packages = List.of();

  @Option(
      names = "--image-url",
      paramLabel = "URL",
      description = "An image that the agent fetches itself; needs --sha256.")
  private @Nullable String url;

  @Option(names = "--sha256", paramLabel = "HEX", description = "SHA-256 of the file at the URL.")
  private @Nullable String sha256;

  @Option(
      names = "--artifact",
      paramLabel = "FILE",
      description = "Which image of the build, if it has several that a card takes.")
  private @Nullable String artifact;

  /** What the farm is told. */
  record Image(
      @Nullable String build,
      @Nullable String artifact,
      @Nullable String url,
      @Nullable String sha256) {}

  boolean saysAnything() {
    return !packages.isEmpty()
        || Stream.of(build, profile, url, sha256, artifact).anyMatch(ImageChoice::given);
  }

  /** Whether it may have to be built first. */
  boolean isBuilt() {
    return given(profile);
  }

  void check() {
    if (Stream.of(build, profile, url).filter(ImageChoice::given).count() != 1) {
      throw wrong(
          "say which image: one of --build, --profile and --image-url",
          "'wrtfarm profiles' and 'wrtfarm builds' list what the farm has");
    }
    if (given(url) != given(sha256)) {
      throw wrong("--image-url and --sha256 need each other", "sha256sum FILE tells it");
    }
    if (given(url) && given(artifact)) {
      throw wrong("--artifact names a file of a build; --image-url has none", "leave it out");
    }
    if (!given(profile) && !packages.isEmpty()) {
      throw wrong("--package changes what --profile builds", "name a profile, or leave it out");
    }
  }

  /** Builds if need be; Ctrl-C meanwhile leaves the build running. */
  Image settle(FarmApi api, Terminal terminal, Supplier<BuildReport> reports)
      throws InterruptedException {
    if (url != null) {
      return new Image(null, null, url, sha256);
    }
    BuildView ended;
    try (BuildReport report = reports.get()) {
      FollowedBuild followed = new FollowedBuild(api, report, terminal);
      ended =
          profile != null
              ? followed.asked(
                  new SubmitBuild(profile, null, packages.isEmpty() ? null : packages, null))
              : known(api, followed);
    }
    if (!ended.state().hasImages()) {
      throw new CommandFailed(
          ExitCode.ENDED_BADLY,
          "build %s has no image, so nothing was flashed".formatted(ended.id()),
          "'wrtfarm show %s' says why".formatted(ended.id()));
    }
    return new Image(ended.id(), artifact, null, null);
  }

  /** Follows one that still runs. */
  private BuildView known(FarmApi api, FollowedBuild followed) throws InterruptedException {
    BuildView known = api.build(String.valueOf(build));
    return known.state().isUnfinished() ? followed.attached(known.id()) : known;
  }

  private static boolean given(@Nullable String value) {
    return Optional.ofNullable(value).isPresent();
  }

  private static CommandFailed wrong(String what, String hint) {
    return new CommandFailed(ExitCode.USAGE, what, hint);
  }
}
