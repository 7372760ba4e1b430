package dev.wrtfarm.common.rest;

import dev.wrtfarm.common.agent.Inventory.SlotReport;
import java.time.Instant;
import java.util.List;

/**
 * A lab host as its agent last described it.
 *
 * @param online whether the agent called within the last minute and a half
 */
public record HostView(
    String host, String version, boolean online, Instant lastCall, List<SlotReport> slots) {}
