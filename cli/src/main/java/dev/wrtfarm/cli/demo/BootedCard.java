package dev.wrtfarm.cli.demo;

import dev.wrtfarm.cli.http.FlashApi;
import dev.wrtfarm.common.flash.BootProof;
import dev.wrtfarm.common.flash.FlashState;
import dev.wrtfarm.common.rest.BootReport;
import dev.wrtfarm.common.rest.FlashView;
import dev.wrtfarm.launcher.VirtualMachine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The demo's card, started by an emulated PC.
 *
 * @param said what the booted system has in its {@code /etc/wrtfarm-build.json}; null when nothing
 *     booted
 * @param proof what the farm made of that
 */
record BootedCard(@Nullable String said, @Nullable BootProof proof, Duration took) {
  private static final String SAYS = "WRTFARM-BUILD: ";
  private static final Duration LIMIT = Duration.ofSeconds(120);

  /** Boots it without changing it, and tells the farm what the system said. */
  static BootedCard start(Path card, FlashView job, FlashApi api)
      throws IOException, InterruptedException {
    Instant began = Instant.now();
    List<String> console = VirtualMachine.boot(card, VirtualMachine.Writes.DISCARDED, LIMIT);
    Duration took = Duration.between(began, Instant.now());
    Optional<String> said =
        console.stream()
            .filter(line -> line.startsWith(SAYS))
            .map(line -> line.substring(SAYS.length()))
            .findFirst();
    return said.isPresent() && job.state() == FlashState.PASSED
        ? new BootedCard(said.get(), api.booted(job.id(), new BootReport(said.get())).proof(), took)
        : new BootedCard(said.orElse(null), null, took);
  }

  boolean isProof() {
    return proof == BootProof.BOOTED;
  }
}
