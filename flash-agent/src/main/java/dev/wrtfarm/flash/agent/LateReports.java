package dev.wrtfarm.flash.agent;

import dev.wrtfarm.common.agent.FlashLease;
import dev.wrtfarm.flash.farm.Farm;
import dev.wrtfarm.flash.journal.Json;
import dev.wrtfarm.flash.journal.Ledger;
import dev.wrtfarm.flash.lane.Execution;
import dev.wrtfarm.flash.lane.LaneEnd;
import dev.wrtfarm.flash.lane.LaneFolder;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What an earlier life of this agent left in its lanes' folders: runs that go on, and ends that the
 * farm has not heard of.
 */
final class LateReports {
  private static final System.Logger LOG = System.getLogger(LateReports.class.getName());

  private final Path data;
  private final Farm farm;
  private final Ledger ledger;
  private final Execution execution;
  private final Ends ends;

  LateReports(Path data, Farm farm, Ledger ledger, Execution execution, Ends ends) {
    this.data = data;
    this.farm = farm;
    this.ledger = ledger;
    this.execution = execution;
    this.ends = ends;
  }

  /** A thread for each; the slots are held by the journal meanwhile. */
  void begin() throws IOException {
    for (LaneFolder folder : LaneFolder.all(data)) {
      if (Files.exists(folder.lease())) {
        if (ledger.isIntended(folder.job())) {
          Thread.ofPlatform().daemon().name("late-" + folder.job()).start(() -> report(folder));
        } else if (!folder.isAlive()) {
          // It got no further than its folder, and its token is as good as before.
          folder.delete();
        }
      }
    }
  }

  private void report(LaneFolder folder) {
    try {
      FlashLease lease = Json.MAPPER.readValue(folder.lease().toFile(), FlashLease.class);
      Optional<LaneEnd> end;
      try (Heartbeat heartbeat = Heartbeat.startIf(folder.isAlive(), farm, lease)) {
        end = execution.adopt(folder, new JobWatch(heartbeat, ends, lease));
      }
      if (end.isPresent()) {
        LOG.log(Level.INFO, "job {0}: late report: {1}", folder.job(), end.get());
        ends.tell(lease, folder, end.get());
      }
    } catch (IOException e) {
      LOG.log(Level.ERROR, "job {0}: its end cannot be told: {1}", folder.job(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
