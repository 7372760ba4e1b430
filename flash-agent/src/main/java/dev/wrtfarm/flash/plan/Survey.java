package dev.wrtfarm.flash.plan;

import dev.wrtfarm.common.flash.DeviceFacts;
import dev.wrtfarm.flash.plan.Configs.Archive;
import dev.wrtfarm.flash.wipe.CardContent;
import java.util.Optional;

/** What a plan rests on, as it is now. */
public record Survey(DeviceFacts device, CardContent content, Optional<Archive> config) {}
