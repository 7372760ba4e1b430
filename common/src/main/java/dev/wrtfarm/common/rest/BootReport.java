package dev.wrtfarm.common.rest;

/**
 * The body of {@code POST /api/v2/flash-jobs/{id}/boot}.
 *
 * @param build the text of the booted device's {@code /etc/wrtfarm-build.json}
 */
public record BootReport(String build) {}
