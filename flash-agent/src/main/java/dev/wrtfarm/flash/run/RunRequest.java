package dev.wrtfarm.flash.run;

import dev.wrtfarm.common.flash.FlashKind;
import dev.wrtfarm.common.flash.FlashOptions;
import dev.wrtfarm.flash.image.ImageInput;
import dev.wrtfarm.flash.medium.Region;
import java.util.List;

/**
 * What one run does.
 *
 * @param wipe stretches to fill with zeros, the image's own area excepted; {@code Wipe.FULL} adds
 *     the whole rest of the card. A run that only reads compares them with zeros: none, to look at
 *     the image alone
 * @param config a configuration archive for the overlay offset; empty for none
 * @param runId 16 random bytes, new for each run: what its canaries and nonces are made from
 */
public record RunRequest(
    FlashKind kind,
    FlashOptions options,
    ImageInput image,
    List<Region> wipe,
    byte[] config,
    byte[] runId) {}
