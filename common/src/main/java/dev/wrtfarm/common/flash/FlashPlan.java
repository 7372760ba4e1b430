package dev.wrtfarm.common.flash;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an agent would do, for somebody to confirm. Making it wrote nothing.
 *
 * @param destroys what is on the card and will be gone, a line each
 * @param warnings what a person should know first, a line each
 * @param firstMibSha256 of the device's first MiB
 * @param configSha256 of the configuration archive that will be written, if any
 * @param token to be given back to confirm; good once, until {@code expires}
 */
public record FlashPlan(
    FlashKind kind,
    String slot,
    DeviceFacts device,
    ImageFacts image,
    FlashOptions options,
    List<String> destroys,
    List<String> warnings,
    String firstMibSha256,
    @Nullable String configSha256,
    String token,
    Instant expires) {}
