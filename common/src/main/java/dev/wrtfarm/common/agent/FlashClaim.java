package dev.wrtfarm.common.agent;

import java.util.List;

/**
 * Asks for work, and waits for it.
 *
 * @param slots that are free to work in now
 * @param nonce 32 hexadecimal digits; it becomes the lease's secret, and the same one again gets
 *     the same work again
 * @param waitSeconds how long to wait for work, 0 to 30
 */
public record FlashClaim(String host, List<String> slots, String nonce, int waitSeconds) {}
