package dev.wrtfarm.worker.claim;

import java.time.Duration;

/** Who the worker is to the farm, and how often it speaks. */
public record WorkerIdentity(
    String id, String topicPrefix, Duration heartbeat, Duration idlePoll) {}
