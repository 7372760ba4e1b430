package dev.wrtfarm.cli.flash;

import dev.wrtfarm.cli.problem.CommandFailed;
import dev.wrtfarm.cli.problem.ExitCode;
import dev.wrtfarm.common.flash.FlashKind;
import dev.wrtfarm.common.flash.FlashOptions;
import dev.wrtfarm.common.flash.Level;
import dev.wrtfarm.common.flash.Wipe;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a card is written and put to the test. */
final class FlashOptionsGroup {
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,15})(B|KiB|MiB|GiB)?");

  @Option(
      names = "--level",
      paramLabel = "LEVEL",
      description = "quick, standard, thorough or qualify. Default: standard")
  private @Nullable Level level;

  @Option(
      names = "--wipe",
      paramLabel = "WIPE",
      description = "signatures, or full for the whole card. Default: signatures")
  private @Nullable Wipe wipe;

  @Option(
      names = "--verify-prefix",
      paramLabel = "SIZE",
      description =
          "Reads back only so much from the start, such as 64MiB; the verdict is then PARTIAL.")
  private @Nullable String prefix;

  @Option(
      names = "--config",
      paramLabel = "NAME",
      description =
          "Writes the archive NAME.tgz of the agent's configs folder where OpenWrt takes it up at"
              + " its first boot.")
  private @Nullable String config;

  @Option(names = "--verify-only", description = "Writes nothing: compares card and image.")
  private boolean verifyOnly;

  @Option(
      names = "--unattended",
      description =
          "Lets the agent confirm the plan by itself, where its configuration allows that for the"
              + " slot and the card is qualified.")
  private boolean unattended;

  FlashKind kind() {
    return verifyOnly ? FlashKind.VERIFY : FlashKind.FLASH;
  }

  boolean unattended() {
    return unattended;
  }

  boolean saysAnything() {
    return level != null
        || wipe != null
        || prefix != null
        || config != null
        || verifyOnly
        || unattended;
  }

  void check() {
    if (verifyOnly && (wipe != null || config != null)) {
      throw new CommandFailed(
          ExitCode.USAGE,
          "--verify-only writes nothing, so --wipe and --config say nothing to it",
          "leave them out");
    }
    if (prefix != null) {
      bytes(prefix);
    }
  }

  FlashOptions options() {
    return new FlashOptions(
        level == null ? FlashOptions.DEFAULT.level() : level,
        wipe == null ? FlashOptions.DEFAULT.wipe() : wipe,
        prefix == null ? null : bytes(prefix),
        config);
  }

  private static long bytes(String text) {
    Matcher size = SIZE.matcher(text);
    if (size.matches()) {
      long unit =
          switch (size.group(2)) {
            case "KiB" -> 1L << 10;
            case "MiB" -> 1L << 20;
            case "GiB" -> 1L << 30;
            case null, default -> 1L;
          };
      long number = Long.parseLong(size.group(1));
      if (number > 0 && number <= Long.MAX_VALUE / unit) {
        return number * unit;
      }
    }
    throw new CommandFailed(
        ExitCode.USAGE,
        "--verify-prefix '%s' is no size".formatted(text),
        "give bytes, or a number with KiB, MiB or GiB: 64MiB");
  }
}
