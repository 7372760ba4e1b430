package dev.wrtfarm.worker.claim;

import dev.wrtfarm.worker.testing.RunningWorker;
import dev.wrtfarm.worker.testing.SampleServer;
import dev.wrtfarm.worker.testing.StandInFarm;
import dev.wrtfarm.worker.testing.Workshop;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A worker that makes real builds: a real download server, Image Builders and sandboxes. Test
 * classes run at the same time, so nothing here is static: each has its own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RealBuildTest {
  Path dir;
  SampleServer server;
  Workshop workshop;
  StandInFarm farm;
  RunningWorker worker;

  @BeforeAll
  void serve(@TempDir Path own) throws IOException {
    dir = own;
    server = SampleServer.start(dir);
    workshop = new Workshop(server.url());
  }

  @AfterAll
  void end() {
    workshop.close();
    server.close();
  }

  @BeforeEach
  void start() throws IOException {
    server.breaks();
    farm = new StandInFarm();
    worker = new RunningWorker(farm, workshop, dir, Duration.ofMillis(100), Optional.empty());
  }

  @AfterEach
  void stop() throws InterruptedException {
    farm.mends();
    worker.stop();
    farm.close();
  }
}
