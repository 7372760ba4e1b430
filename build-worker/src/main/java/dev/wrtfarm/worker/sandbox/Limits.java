package dev.wrtfarm.worker.sandbox;

import java.time.Duration;

/**
 * What one run may take.
 *
 * @param memory address space of each process, in bytes
 * @param processes in the sandbox, threads included
 * @param fileSize largest file, in bytes
 * @param disk all files of the attempt together, in bytes
 */
public record Limits(Duration time, long memory, int processes, long fileSize, long disk) {}
