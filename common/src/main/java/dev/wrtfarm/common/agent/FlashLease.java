package dev.wrtfarm.common.agent;

/**
 * What an agent shows with each call about a job.
 *
 * @param fence raised by each claim and each end; a call with another one is refused
 * @param secret the nonce of the claim
 */
public record FlashLease(String job, long fence, String secret) {}
