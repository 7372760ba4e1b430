package dev.wrtfarm.cli.build;

import dev.wrtfarm.cli.data.WholeFile;
import dev.wrtfarm.cli.http.FarmApi;
import dev.wrtfarm.cli.output.Json;
import dev.wrtfarm.cli.problem.CommandFailed;
import dev.wrtfarm.cli.problem.ExitCode;
import dev.wrtfarm.cli.problem.FileTrouble;
import dev.wrtfarm.common.rest.ArtifactView;
import dev.wrtfarm.common.rest.BuildView;
import dev.wrtfarm.common.value.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Fetches the files of a build; a file has its own name only when it is whole and its hash is
 * right.
 */
public final class Download {
  private static final String SUMS = "sha256sums";

  private final FarmApi api;
  private final Path output;

  /**
   * @param output builds lie below it, by device, release and build
   */
  public Download(FarmApi api, Path output) {
    this.api = api;
    this.output = output;
  }

  /**
   * Looks before anything is asked for, so that nobody waits for a build that has no place.
   *
   * @throws CommandFailed when files cannot be made there
   */
  void mustBePossible() {
    Path there = output;
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    if (!Files.isDirectory(there) || !Files.isWritable(there)) {
      throw new CommandFailed(
          ExitCode.USAGE,
          "nothing can be saved in %s: %s %s"
              .formatted(
                  output,
                  there,
                  Files.isDirectory(there) ? "is not yours to write" : "is no folder"),
          "name another folder by --output, or leave the images in the farm by --no-download");
    }
  }

  public SavedBuild save(BuildView build) throws InterruptedException {
    Path folder =
        output
            .resolve(plain(build.recipe().profile()))
            .resolve(plain(build.recipe().release()))
            .resolve(plain(build.id()));
    try {
      Files.createDirectories(folder);
      List<Path> files = new ArrayList<>();
      StringBuilder sums = new StringBuilder();
      for (ArtifactView artifact : build.artifacts()) {
        if (artifact.name().equals(SUMS)) {
          // The Image Builder's own list: ours says the same, and covers the log as well.
          continue;
        }
        Path file = folder.resolve(plain(artifact.name()));
        fetch(artifact, file);
        files.add(file);
        sums.append(artifact.sha256()).append("  ").append(artifact.name()).append('\n');
      }
      files.add(write(folder.resolve("record.json"), Json.pretty(build) + "\n"));
      files.add(write(folder.resolve(SUMS), sums.toString()));
      return new SavedBuild(build, folder, files);
    } catch (IOException e) {
      throw new CommandFailed(
          ExitCode.ERROR,
          "build %s cannot be saved in %s: %s".formatted(build.id(), folder, FileTrouble.text(e)),
          "the build itself is kept; fetch it again with 'wrtfarm build --attach %s --output DIR'"
              .formatted(build.id()));
    }
  }

  private void fetch(ArtifactView artifact, Path file) throws IOException, InterruptedException {
    if (Files.isRegularFile(file) && Sha256.of(file).hex().equals(artifact.sha256())) {
      return;
    }
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try (InputStream bytes = api.open(artifact)) {
      Files.copy(bytes, part, StandardCopyOption.REPLACE_EXISTING);
      String found = Sha256.of(part).hex();
      if (!found.equals(artifact.sha256())) {
        throw new CommandFailed(
            ExitCode.ENDED_BADLY,
            "%s came with the SHA-256 %s, but the farm's record says %s"
                .formatted(artifact.name(), found, artifact.sha256()),
            "it was not kept; try again, and look at the object store if it stays so");
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static Path write(Path file, String text) throws IOException {
    WholeFile.write(file, text, WholeFile.READABLE);
    return file;
  }

  /** A name from outside must not lead out of the folder. */
  private static String plain(String name) {
    if (name.isEmpty() || name.startsWith(".") || name.contains("/") || name.contains("\0")) {
      throw new CommandFailed(
          ExitCode.ERROR, "the farm names a file '" + name + "', which is no plain file name");
    }
    return name;
  }
}
