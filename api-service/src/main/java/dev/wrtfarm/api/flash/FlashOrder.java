package dev.wrtfarm.api.flash;

import dev.wrtfarm.common.flash.FlashKind;
import dev.wrtfarm.common.flash.FlashOptions;
import dev.wrtfarm.common.rest.SubmitFlash;
import dev.wrtfarm.common.rest.SubmitFlash.FlashTarget;
import dev.wrtfarm.common.value.InvalidValue;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done to which slots; with {@link ImageChoice} all that somebody asked for.
 *
 * @param rechecks the earlier flash whose card is read again
 */
record FlashOrder(
    FlashKind kind,
    FlashOptions options,
    boolean unattended,
    List<FlashTarget> targets,
    @Nullable String rechecks) {
  private static final int MOST_TARGETS = 100;
  private static final Pattern CONFIG = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  FlashOrder {
    check(options);
    if (unattended && options.prefixBytes() != null) {
      throw new InvalidValue(
          "unattended", "true", "a job that verifies only a prefix needs somebody to confirm it");
    }
    if (targets.isEmpty() || targets.size() > MOST_TARGETS) {
      throw new InvalidValue("targets", targets.size() + " targets", "give 1 to " + MOST_TARGETS);
    }
    if (new HashSet<>(targets).size() != targets.size()) {
      throw new InvalidValue("targets", targets.size() + " targets", "name each slot once");
    }
  }

  private static void check(FlashOptions options) {
    Long prefix = options.prefixBytes();
    if (prefix != null && prefix < 1) {
      throw new InvalidValue("options.prefixBytes", prefix.toString(), "give at least 1");
    }
    String config = options.config();
    if (config != null && !CONFIG.matcher(config).matches()) {
      throw new InvalidValue(
          "options.config",
          config,
          "give the name of an archive in the agent's folder configs, without .tgz");
    }
  }

  static FlashOrder of(SubmitFlash wish) {
    return new FlashOrder(
        kind(wish.kind()),
        wish.options() == null ? FlashOptions.DEFAULT : wish.options(),
        Boolean.TRUE.equals(wish.unattended()),
        wish.targets(),
        null);
  }

  private static FlashKind kind(@Nullable String text) {
    if (text == null) {
      return FlashKind.FLASH;
    }
    for (FlashKind kind : FlashKind.values()) {
      if (kind.name().equals(text)) {
        return kind;
      }
    }
    throw new InvalidValue("kind", text, "give FLASH or VERIFY");
  }
}
