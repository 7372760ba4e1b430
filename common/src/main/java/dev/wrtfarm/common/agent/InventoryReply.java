package dev.wrtfarm.common.agent;

/**
 * @param journalNext sequence number of the first journal line that the farm does not have
 */
public record InventoryReply(long journalNext) {}
