package dev.wrtfarm.flash.agent;

import static dev.wrtfarm.flash.agent.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.flash.journal.JournalCheck;
import dev.wrtfarm.flash.lane.LaneFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code flash local run} in a process of its own, whose terminal goes away in the middle. */
class TerminalGoneTest {
  @TempDir Path folder;
  private Lab lab;
  private Process command;

  @BeforeEach
  void start() throws Exception {
    lab = new Lab(folder);
    command =
        new ProcessBuilder(
                AgentCommand.of(
                    "local",
                    "run",
                    "--test-host",
                    "--level",
                    "quick",
                    "--image",
                    lab.image().toString(),
                    "--device",
                    lab.card().toString(),
                    "--data",
                    lab.data().toString()))
            .redirectErrorStream(true)
            .start();
  }

  @AfterEach
  void end() throws Exception {
    command.destroyForcibly().waitFor();
    lab.endLanes();
    lab.close();
  }

  @Test
  void the_card_is_finished_and_the_journal_tells_it() throws Exception {
    ImageTap tap = confirmedAndBegun();

    hangUp();
    tap.pour();

    eventually("over", () -> !command.isAlive());
    assertThat(command.exitValue()).isZero();
    assertThat(lab.cardHoldsImage()).isTrue();
    assertThat(lab.journalSays("\"kind\":\"ended\"")).isTrue();
    assertThat(LaneFolder.all(lab.data())).isEmpty();
    assertThat(JournalCheck.of(lab.data()).fault()).isEmpty();
    assertThat(lab.localRun()).as("the slot is free").startsWith("0 ");
  }

  @Test
  void a_plan_that_nobody_has_confirmed_yet_ends_with_its_terminal() throws Exception {
    awaitQuestion();

    if (ignoresSignal()) {
      hangUp();
    } else {
      signal();
    }

    eventually("over", () -> !command.isAlive());
    assertThat(lab.journalSays("\"kind\":\"intent\"")).isFalse();
    assertThat(lab.cardIsBlank()).isTrue();
  }

  /** Its lane waits for the image. */
  private ImageTap confirmedAndBegun() throws Exception {
    awaitQuestion();
    Path kept = Files.move(lab.image(), folder.resolve("kept.img"));
    // The plan was made from the file; the lane finds a pipe.
    new ImageTap(lab.image(), kept).close();
    command.outputWriter(StandardCharsets.UTF_8).append("card\n").flush();
    eventually("begun", this::isBegun);
    Path inLane = LaneFolder.all(lab.data()).getFirst().path().resolve("image");
    Files.delete(lab.image());
    Files.move(kept, lab.image());
    return new ImageTap(inLane, lab.image());
  }

  private void awaitQuestion() throws IOException {
    StringBuilder said = new StringBuilder();
    InputStream out = command.getInputStream();
    for (int c = out.read(); !said.toString().contains("(" + lab.card() + ") to write"); ) {
      if (c < 0) {
        throw new IOException("it ended: " + said);
      }
      said.append((char) c);
      c = out.read();
    }
  }

  private boolean isBegun() throws IOException {
    for (LaneFolder lane : LaneFolder.all(lab.data())) {
      if (lane.told().begun()) {
        return true;
      }
    }
    return false;
  }

  /** What it says, and what it is told, has no end to it any more; then comes the signal. */
  private void hangUp() throws Exception {
    command.getInputStream().close();
    command.getOutputStream().close();
    signal();
  }

  /** From its beginning on, as what nohup started: then only the end of its input ends it. */
  private boolean ignoresSignal() throws IOException {
    String ignored =
        Files.readAllLines(Path.of("/proc", "" + command.pid(), "status")).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .map(line -> line.substring("SigIgn:".length()).strip())
            .findFirst()
            .orElseThrow();
    return (Long.parseUnsignedLong(ignored, 16) & 1) != 0;
  }

  private void signal() throws Exception {
    Process kill = new ProcessBuilder("kill", "-HUP", "" + command.pid()).inheritIO().start();
    assertThat(kill.waitFor()).isZero();
  }
}
