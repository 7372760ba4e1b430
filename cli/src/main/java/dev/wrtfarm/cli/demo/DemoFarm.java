package dev.wrtfarm.cli.demo;

import dev.wrtfarm.cli.data.DataFolder;
import dev.wrtfarm.cli.data.Tokens;
import dev.wrtfarm.cli.farm.DirectAccess;
import dev.wrtfarm.cli.farm.Farm;
import dev.wrtfarm.cli.farm.FarmPlan;
import dev.wrtfarm.cli.farm.FlashSlot;
import dev.wrtfarm.cli.farm.StartFailed;
import dev.wrtfarm.cli.farm.StartReport;
import dev.wrtfarm.cli.farm.Upstream;
import dev.wrtfarm.cli.http.FarmAddress;
import dev.wrtfarm.cli.http.FarmApi;
import dev.wrtfarm.cli.output.Terminal;
import dev.wrtfarm.launcher.FolderTree;
import dev.wrtfarm.launcher.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** A farm in a temporary folder, of which nothing is left when it is closed. */
final class DemoFarm implements AutoCloseable {
  private static final int WORKERS = 2;

  /** With the card that is flashed. */
  static final String SLOT = "card-1";

  private static final Path ON_DISK = Path.of("/var/tmp");

  private final FarmPlan plan;
  private final Farm farm;
  private final Thread hook = new Thread(this::stop);
  private boolean closed;

  private DemoFarm(FarmPlan plan, Farm farm) {
    this.plan = plan;
    this.farm = farm;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  static DemoFarm prepare(Path home, Terminal terminal) {
    try {
      Path folder = folder();
      // As root, the programs run as other users, who must be able to go there.
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      FarmPlan plan =
          new FarmPlan(
              home,
              new DataFolder(folder),
              FreePort.any(),
              new Upstream.Sample(),
              WORKERS,
              false,
              List.of(FlashSlot.emulated(SLOT)));
      StartReport report = new StartReport(terminal, plan);
      report.beginning();
      return new DemoFarm(plan, new Farm(plan, report::on));
    } catch (IOException e) {
      throw new UncheckedIOException("the demo's folder cannot be made", e);
    }
  }

  /** The card is in it, and needs direct access, which /tmp as a tmpfs does not always have. */
  private static Path folder() throws IOException {
    Path usual = Files.createTempDirectory("wrtfarm-demo-");
    if (DirectAccess.isPossibleIn(usual) || !Files.isWritable(ON_DISK)) {
      return usual;
    }
    Files.delete(usual);
    return Files.createTempDirectory(ON_DISK, "wrtfarm-demo-");
  }

  void start() throws InterruptedException {
    try {
      farm.start();
    } catch (StartFailed e) {
      if (hook.isAlive()) {
        // Ctrl-C: the hook ends this JVM, and there is nothing to complain about.
        hook.join();
        Thread.currentThread().join();
      }
      throw e;
    }
  }

  FarmApi api() {
    return new FarmApi(
        FarmAddress.of(
            URI.create(plan.apiUrl()), new Tokens(plan.data()).read(Tokens.Role.OPERATOR)));
  }

  /** Where the bytes of the card are. */
  Path card() {
    return plan.data().card(SLOT);
  }

  @Override
  public void close() {
    stop();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // Ctrl-C: the hook itself is at work, or was.
    }
  }

  private synchronized void stop() {
    if (closed) {
      return;
    }
    closed = true;
    farm.close();
    try {
      FolderTree.delete(plan.data().path());
    } catch (IOException e) {
      throw new UncheckedIOException("the demo's folder cannot be removed", e);
    }
  }
}
