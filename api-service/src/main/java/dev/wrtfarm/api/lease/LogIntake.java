package dev.wrtfarm.api.lease;

import dev.wrtfarm.api.log.LogChunks;
import dev.wrtfarm.common.value.InvalidValue;
import dev.wrtfarm.common.worker.LogChunk;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

/** Takes the log from the worker that holds a build. */
@ApplicationScoped
public class LogIntake {
  private final Leases leases;
  private final LogChunks log;

  LogIntake(Leases leases, LogChunks log) {
    this.leases = leases;
    this.log = log;
  }

  @Transactional
  public void add(LogChunk chunk) {
    if (chunk.sequence() < 0) {
      throw new InvalidValue(
          "sequence", Integer.toString(chunk.sequence()), "count chunks from 0 on");
    }
    log.add(leases.lockOrLost(chunk.lease()), chunk.sequence(), chunk.text());
  }
}
