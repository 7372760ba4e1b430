package dev.wrtfarm.cli.farm;

import dev.wrtfarm.cli.machine.Surroundings;
import dev.wrtfarm.cli.problem.CommandFailed;
import dev.wrtfarm.cli.problem.ExitCode;
import dev.wrtfarm.cli.problem.FileTrouble;
import dev.wrtfarm.launcher.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import org.jspecify.annotations.Nullable;

/** What can be known to go wrong before anything is started. */
final class Preconditions {
  private final FarmPlan plan;
  private final Surroundings surroundings;

  Preconditions(FarmPlan plan, Surroundings surroundings) {
    this.plan = plan;
    this.surroundings = surroundings;
  }

  void check() {
    if (surroundings.root()) {
      plan.slots().forEach(Preconditions::mustBeThere);
    }
    Path folder = plan.data().path();
    if (folder.toString().contains(",")) {
      // Kafka reads the place of its data as a list.
      throw new CommandFailed(
          ExitCode.USAGE,
          "the data folder %s has a comma in its name, which Kafka does not take".formatted(folder),
          "name another one by --data");
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new CommandFailed(
          ExitCode.UNAVAILABLE,
          "the data folder %s cannot be made: %s".formatted(folder, FileTrouble.text(e)),
          "name another one by --data");
    }
    if (!Files.isWritable(folder)) {
      throw new CommandFailed(
          ExitCode.UNAVAILABLE,
          "the data folder %s is not yours to write".formatted(folder),
          "name another one by --data, or start the farm as its owner");
    }
    if (surroundings.root()) {
      mustBeOpen(folder, "the data folder", "choose one such as /var/lib/wrtfarm");
      mustBeOpen(
          Path.of(System.getProperty("java.home")),
          "the JDK",
          "use one that all users can read, below /usr or /opt");
    }
    if (!FreePort.isFree(plan.port())) {
      throw new CommandFailed(
          ExitCode.UNAVAILABLE,
          "port %d of 127.0.0.1 is taken by another program".formatted(plan.port()),
          "choose another one by --port N, or --port 0 for any");
    }
  }

  /** Root lends it to the agent's user, before there is an agent to say what it thinks of it. */
  private static void mustBeThere(FlashSlot slot) {
    switch (slot.card()) {
      case FlashSlot.Card.Loop loop when !Files.exists(Path.of(loop.node())) ->
          throw missing(
              slot,
              "there is no device " + loop.node(),
              "losetup --find --show FILE makes one over a file, and says its name");
      case FlashSlot.Card.RegularFile file when !Files.isRegularFile(file.path()) ->
          throw missing(
              slot,
              "there is no file " + file.path(),
              "truncate --size=256M %s makes one; 'emulated' needs none".formatted(file.path()));
      default -> {}
    }
  }

  private static CommandFailed missing(FlashSlot slot, String what, String hint) {
    return new CommandFailed(ExitCode.USAGE, "--flash-slot %s: %s".formatted(slot, what), hint);
  }

  /** Root's programs run as other users, who must be able to go there. */
  private static void mustBeOpen(Path place, String what, String hint) {
    for (Path each = place; each != null; each = each.getParent()) {
      if (!isOpen(each)) {
        throw new CommandFailed(
            ExitCode.UNAVAILABLE,
            "%s %s cannot be reached by the farm's users, because %s is closed to them"
                .formatted(what, place, each),
            hint);
      }
    }
  }

  private static boolean isOpen(@Nullable Path folder) {
    try {
      return folder != null
          && Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_EXECUTE);
    } catch (IOException | UnsupportedOperationException e) {
      return true;
    }
  }
}
