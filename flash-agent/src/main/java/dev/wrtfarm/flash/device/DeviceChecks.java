package dev.wrtfarm.flash.device;

import dev.wrtfarm.common.flash.DeviceFacts;
import dev.wrtfarm.common.flash.RefusalReason;
import dev.wrtfarm.common.value.ByteSize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * All that stands against writing to a device, what is worst first. There is no way around any of
 * it. What cannot be read counts as a refusal: a rule that cannot be checked is not kept. READ_ONLY
 * comes last, so that nothing else stands against a device of which only that is said.
 */
final class DeviceChecks {
  private final DeviceRules rules;
  private final KindOfDevice kind;
  private final MountedOn mounted;
  private final BootedFrom booted;
  private final UsedByKernel kernel;
  private final OpenedBy opened;

  DeviceChecks(HostRoots roots, Blocks blocks, DeviceRules rules) {
    this.rules = rules;
    this.kind = new KindOfDevice(blocks, rules);
    this.mounted = new MountedOn(roots, blocks);
    this.booted = new BootedFrom(roots, blocks);
    this.kernel = new UsedByKernel(roots, blocks);
    this.opened = new OpenedBy(roots, blocks);
  }

  @FunctionalInterface
  private interface Check {
    Optional<Refusal> refusal() throws IOException;
  }

  Optional<Refusal> refusal(Block block, DeviceFacts facts) {
    return first(
        facts.node(),
        () -> partition(block),
        () -> mounted.refusal(block).filter(r -> r.reason() == RefusalReason.SYSTEM_DISK),
        () -> booted.refusal(block),
        () -> kind.refusal(block, facts),
        () -> noMedium(facts),
        () -> mounted.refusal(block),
        () -> kernel.swap(block),
        () -> kernel.holders(block),
        () -> kernel.stackedLoops(block),
        () -> tooLarge(facts),
        () -> openForWriting(block),
        () -> readOnly(facts));
  }

  /** A regular file on a test host. */
  Optional<Refusal> refusal(Path file, DeviceFacts facts) {
    return first(
        facts.node(),
        () -> notATestHost(facts),
        () -> noMedium(facts),
        () -> oddSize(facts),
        () -> kernel.loopsOn(facts.node()),
        () -> tooLarge(facts),
        () -> writer(opened.of(file).stream().findFirst(), facts.node()),
        () -> readOnly(facts));
  }

  private static Optional<Refusal> first(String node, Check... checks) {
    try {
      for (Check check : checks) {
        Optional<Refusal> refusal = check.refusal();
        if (refusal.isPresent()) {
          return refusal;
        }
      }
      return Optional.empty();
    } catch (IOException | UncheckedIOException e) {
      return Optional.of(
          new Refusal(
              RefusalReason.IN_USE,
              "it cannot be told whether %s is in use: %s. Give the agent's user the right to read /proc and /sys"
                  .formatted(node, e)));
    }
  }

  private static Optional<Refusal> partition(Block block) {
    return when(
        block.isPartition(),
        RefusalReason.PARTITION,
        "%s is a partition; images are written to the whole card: %s"
            .formatted(block.node(), block.disk().node()));
  }

  private static Optional<Refusal> noMedium(DeviceFacts facts) {
    return when(
        facts.size() == 0,
        RefusalReason.NO_MEDIUM,
        "there is no card in %s; put one in".formatted(facts.node()));
  }

  private static Optional<Refusal> readOnly(DeviceFacts facts) {
    return when(
        facts.readOnly(),
        RefusalReason.READ_ONLY,
        "%s is read-only; look at the card's lock switch, and whether the card is worn out"
            .formatted(facts.node()));
  }

  private Optional<Refusal> tooLarge(DeviceFacts facts) {
    return when(
        facts.size() > rules.largest(),
        RefusalReason.TOO_LARGE,
        "%s holds %s, more than the %s that this host allows (max-size); it is taken for a disk that somebody keeps things on"
            .formatted(facts.node(), new ByteSize(facts.size()), new ByteSize(rules.largest())));
  }

  private Optional<Refusal> notATestHost(DeviceFacts facts) {
    return when(
        !rules.testHost(),
        RefusalReason.NOT_A_BLOCK_DEVICE,
        "%s is a regular file, and those are written to on a test host only (test-host=true, or --test-host)"
            .formatted(facts.node()));
  }

  private static Optional<Refusal> oddSize(DeviceFacts facts) {
    return when(
        facts.size() % 4096 != 0,
        RefusalReason.NOT_A_BLOCK_DEVICE,
        "%s has %d bytes, which is no multiple of 4096, so it is no card; make a file for it: truncate -s 512M FILE"
            .formatted(facts.node(), facts.size()));
  }

  private Optional<Refusal> openForWriting(Block block) {
    return writer(opened.of(block).stream().findFirst(), block.node());
  }

  private static Optional<Refusal> writer(Optional<OpenedBy.Opener> opener, String node) {
    return opener
        .filter(OpenedBy.Opener::writes)
        .map(o ->
            new Refusal(RefusalReason.IN_USE, "%s is in use: %s; end it first".formatted(node, o)));
  }

  private static Optional<Refusal> when(boolean refused, RefusalReason reason, String message) {
    return refused ? Optional.of(new Refusal(reason, message)) : Optional.empty();
  }
}
