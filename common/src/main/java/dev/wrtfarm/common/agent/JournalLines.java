package dev.wrtfarm.common.agent;

import java.util.List;

/**
 * Lines of the agent's journal as they are in its files, oldest first, without gaps.
 *
 * @param first sequence number of the first of them
 */
public record JournalLines(String host, long first, List<String> lines) {}
