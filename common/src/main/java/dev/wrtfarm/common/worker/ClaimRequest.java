package dev.wrtfarm.common.worker;

/**
 * Asks for the best build that waits. The same nonce again gets the same lease again, so a lost
 * answer loses no build.
 *
 * @param nonce 128 random bits as 32 hexadecimal digits; it becomes the lease's secret
 */
public record ClaimRequest(String worker, String nonce) {}
