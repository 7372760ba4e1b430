package dev.wrtfarm.cli.doctor;

import dev.wrtfarm.cli.data.DataFolder;
import dev.wrtfarm.cli.demo.BootableSample;
import dev.wrtfarm.cli.demo.BootableSample.Lack;
import dev.wrtfarm.cli.doctor.HostCommand.Outcome;
import dev.wrtfarm.cli.farm.DirectAccess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What emulated cards and {@code demo --boot} take. A farm that flashes nothing needs none of it,
 * so it is never worse than a note.
 */
record FlashCheck(DataFolder data, Path home, boolean root) implements Check {
  private static final String CARD = "emulated card";
  private static final String BOOT = "demo --boot";

  @Override
  public List<Finding> look() {
    return List.of(card(), boot());
  }

  /** Where there are no loop devices it is a bare file, and that has to do without them. */
  private Finding card() {
    Optional<Finding> noLoop = root ? noLoop() : Optional.empty();
    if (root && noLoop.isEmpty()) {
      return Finding.good(CARD, "would be a loop device (up --flash-slot, demo)");
    }
    Path place = RoomCheck.nearest(data.path());
    if (Files.isWritable(place) && !DirectAccess.isPossibleIn(place)) {
      Optional<String> noFile = DirectAccess.noFileIn(place);
      if (noFile.isPresent()) {
        return Finding.note(
            CARD,
            "%s takes no new file, and so no card: %s".formatted(place, noFile.get()),
            "make room there, or name a data folder elsewhere by --data");
      }
      return Finding.note(
          CARD,
          "the file system of %s takes no O_DIRECT, so a card in it cannot be flashed"
              .formatted(place),
          "to flash one, name a data folder on a disk by --data");
    }
    return noLoop.orElseGet(() -> Finding.good(CARD, "would be a file in " + data.path()));
  }

  private static Optional<Finding> noLoop() {
    if (HostCommand.find("losetup").isEmpty()) {
      return Optional.of(
          Finding.note(
              CARD,
              "would be a bare file, which nothing keeps others away from: there is no losetup",
              ToolsCheck.INSTALL + "mount"));
    }
    Outcome free = HostCommand.run(List.of("losetup", "--find"));
    boolean usable = free.worked() && Files.exists(Path.of(free.firstLine()));
    return usable
        ? Optional.empty()
        : Optional.of(
            Finding.note(
                CARD,
                "would be a bare file, which nothing keeps others away from: no loop device is free"
                    + " (%s)".formatted(free.firstLine()),
                "modprobe loop; a container needs the host's /dev/loop-control and /dev/loop*"));
  }

  private Finding boot() {
    Optional<Lack> lack = BootableSample.lack(home);
    if (lack.isPresent()) {
      return Finding.note(BOOT, lack.get().what(), lack.get().remedy());
    }
    return Finding.good(
        BOOT,
        BootableSample.isBuilt(home)
            ? "QEMU and the sample's kernel are there"
            : "QEMU is there; the first build fetches the sample's kernel from Debian");
  }
}
