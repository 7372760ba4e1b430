package dev.wrtfarm.cli.farm;

import dev.wrtfarm.launcher.SystemUser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Slots whose card is a bare file where no agent can flash it. */
final class CardPlaces {
  private CardPlaces() {}

  /** A line for each. The farm does all else, so this is nothing to stop it for. */
  static List<String> unfit(FarmPlan plan) {
    return plan.slots().stream().flatMap(slot -> note(plan, slot).stream()).toList();
  }

  private static Optional<String> note(FarmPlan plan, FlashSlot slot) {
    return switch (slot.card()) {
      case FlashSlot.Card.RegularFile file when Files.isReadable(file.path()) ->
          DirectAccess.isPossible(file.path())
              ? Optional.empty()
              : Optional.of(text(slot, file.path(), "name a file on a disk, such as in /var/tmp"));
      // As root it is behind a loop device, which has direct access wherever its file is.
      case FlashSlot.Card.Emulated _ when !SystemUser.isRoot() ->
          folder(plan.data().card(slot.name()))
              .filter(folder -> !DirectAccess.isPossibleIn(folder))
              .map(folder -> text(slot, folder, "give --data a folder on a disk"));
      default -> Optional.empty();
    };
  }

  /** The nearest that is there; only where we may write can be found out anything. */
  private static Optional<Path> folder(Path card) {
    return Stream.<@Nullable Path>iterate(card, path -> path != null, Path::getParent)
        .filter(Files::isDirectory)
        .findFirst()
        .filter(Files::isWritable);
  }

  private static String text(FlashSlot slot, Path place, String remedy) {
    return "slot %s cannot be flashed: the file system of %s takes no O_DIRECT; %s"
        .formatted(slot.name(), place, remedy);
  }
}
