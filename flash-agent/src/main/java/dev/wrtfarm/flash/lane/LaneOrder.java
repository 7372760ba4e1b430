package dev.wrtfarm.flash.lane;

import dev.wrtfarm.common.flash.DeviceFacts;
import dev.wrtfarm.common.flash.FlashKind;
import dev.wrtfarm.common.flash.FlashOptions;
import dev.wrtfarm.common.flash.ImageFacts;
import dev.wrtfarm.flash.device.DeviceRules;

/**
 * What a lane's process is to do, in a file of its folder. The image, and a configuration archive
 * if there is one, lie beside it.
 *
 * @param device as it was planned; the lane opens this one or none
 * @param firstMibSha256 as it was planned
 * @param rules what devices this host allows
 * @param reset how the slot resets its card: {@code none} or {@code helper}
 */
public record LaneOrder(
    String job,
    FlashKind kind,
    String slot,
    DeviceFacts device,
    String firstMibSha256,
    ImageFacts image,
    FlashOptions options,
    DeviceRules rules,
    String reset) {}
