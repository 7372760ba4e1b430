package dev.wrtfarm.common.rest;

/**
 * The body of {@code POST /api/v2/flash-jobs/{id}/confirm}.
 *
 * @param slot the slot's name, typed by whoever has read the plan
 * @param token the plan's
 */
public record ConfirmFlash(String slot, String token) {}
