package dev.wrtfarm.common.worker;

/**
 * What a worker shows with each call about a build.
 *
 * @param fence raised by each claim, release, failure and end; a call with another one is refused
 * @param secret the nonce that the worker sent with its claim: 32 hexadecimal digits
 */
public record Lease(String build, long fence, String secret) {}
