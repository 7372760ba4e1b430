package dev.wrtfarm.cli.build;

import dev.wrtfarm.cli.http.ApiOptions;
import dev.wrtfarm.cli.http.FarmApi;
import dev.wrtfarm.cli.machine.Surroundings;
import dev.wrtfarm.cli.output.Terminal;
import dev.wrtfarm.cli.problem.CommandFailed;
import dev.wrtfarm.cli.problem.ExitCode;
import dev.wrtfarm.common.rest.BuildMode;
import dev.wrtfarm.common.rest.BuildView;
import dev.wrtfarm.common.rest.SubmitBuild;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wrtfarm build}. */
@Command(
    name = "build",
    mixinStandardHelpOptions = true,
    description = {
      "Builds an image, shows how it goes, and fetches it.",
      "The images lie in DIR/<device>/<release>/<build>/, checked against their hashes, with"
          + " manifest, log, record.json and sha256sums."
    })
public final class BuildCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final Surroundings surroundings;

  @Mixin private final ApiOptions options;

  @ArgGroup(multiplicity = "1")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private What what;

  @Option(
      names = {"-p", "--package"},
      paramLabel = "P",
      description = "Adds package P; --package=-P removes it. May be repeated.")
  private List<String> packages = List.of();

  @Option(names = "--priority", paramLabel = "N", description = "0 (last) to 100 (first).")
  private @Nullable Integer priority;

  @ArgGroup private Mode mode = new Mode();

  @Option(names = "--dry-run", description = "Says what would happen and why; asks for nothing.")
  private boolean dryRun;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "Where images go. Default: ${DEFAULT-VALUE}",
      defaultValue = "wrtfarm-images")
  private Path output = Path.of("wrtfarm-images");

  @Option(names = "--no-download", description = "Leave the images in the farm.")
  private boolean noDownload;

  @Option(names = "--json", description = "JSON lines: each change of state, then the result.")
  private boolean json;

  /** What may answer; without any, a fresh record, or else a build. */
  static final class Mode {
    @Option(
        names = "--force",
        description =
            "Builds even if there is a fresh image of the same recipe, or a failure that would only"
                + " repeat itself.")
    boolean force;

    @Option(
        names = "--reuse-only",
        description =
            "Takes a fresh image of the same recipe; where there is none, builds nothing and ends with"
                + " 4.")
    boolean reuseOnly;

    @Nullable BuildMode chosen() {
      return force ? BuildMode.FORCE : reuseOnly ? BuildMode.REUSE_ONLY : null;
    }
  }

  /** What to build, or which build to follow. */
  static final class What {
    @Parameters(
        paramLabel = "PROFILE|FILE",
        description =
            "A profile of the farm (id or id@revision; 'wrtfarm profiles' lists them), or a YAML"
                + " or JSON file with a recipe: release, target, profile, packages,"
                + " disabledServices, rootfsMib, filesystems.")
    @Nullable String profileOrFile;

    @Option(
        names = "--attach",
        paramLabel = "ID",
        description = "Follows and fetches the build ID instead of asking for one.")
    @Nullable String build;
  }

  public BuildCommand(Terminal terminal, Surroundings surroundings) {
    this.terminal = terminal;
    this.surroundings = surroundings;
    this.options = new ApiOptions(surroundings);
  }

  @Override
  public Integer call() throws InterruptedException {
    Optional<SubmitBuild> wish = wish();
    try (FarmApi api = options.connect()) {
      return wish.isPresent() && Boolean.TRUE.equals(wish.get().dryRun())
          ? new Forecast(api.forecast(wish.get())).print(terminal, json)
          : build(api, wish);
    }
  }

  /** Empty when a build is only attached to. */
  private Optional<SubmitBuild> wish() {
    String wanted = what.profileOrFile;
    boolean changes = dryRun || mode.chosen() != null || priority != null || !packages.isEmpty();
    if (wanted == null && changes) {
      throw new CommandFailed(
          ExitCode.USAGE,
          "--attach follows a build as it is: --package, --priority, --force, --reuse-only and"
              + " --dry-run say nothing to it",
          "leave them out, or name a profile or a file");
    }
    return Optional.ofNullable(wanted)
        .map(each ->
            Wish.of(
                each,
                surroundings.folder(),
                new Wish.More(packages, priority, mode.chosen(), dryRun)));
  }

  private int build(FarmApi api, Optional<SubmitBuild> wish) throws InterruptedException {
    Download download = new Download(api, surroundings.folder().resolve(output));
    if (!noDownload) {
      download.mustBePossible();
    }
    try (BuildReport report = json ? new JsonReport(terminal) : new TextReport(terminal)) {
      FollowedBuild followed = new FollowedBuild(api, report, terminal);
      BuildView ended =
          wish.isPresent()
              ? followed.asked(wish.get())
              : followed.attached(String.valueOf(what.build));
      return finish(download, report, ended);
    }
  }

  private int finish(Download download, BuildReport report, BuildView ended)
      throws InterruptedException {
    if (ended.state().hasImages() && !noDownload) {
      report.saved(download.save(ended));
    } else if (report instanceof JsonReport lines) {
      lines.result(ended);
    } else if (ended.state().hasImages()) {
      BuildDescription.artifacts(ended).lines().forEach(terminal::line);
    }
    return (ended.state().hasImages() ? ExitCode.OK : ExitCode.ENDED_BADLY).code();
  }
}
