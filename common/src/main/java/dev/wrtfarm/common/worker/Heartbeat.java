package dev.wrtfarm.common.worker;

import dev.wrtfarm.common.build.Stage;

/**
 * Keeps the lease and tells where the build is.
 *
 * @param percent progress within the stage, 0 to 100
 * @param detail what is going on, for a person: {@code "21.4 MiB of 38.0 MiB"}
 */
public record Heartbeat(Lease lease, Stage stage, int percent, String detail) {}
