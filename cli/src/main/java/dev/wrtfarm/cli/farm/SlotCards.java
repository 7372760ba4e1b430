package dev.wrtfarm.cli.farm;

import dev.wrtfarm.launcher.SystemUser;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is in the slots of the farm's own flash agent, from its start to its end. */
final class SlotCards implements AutoCloseable {
  /** A small card, of which only what was written takes space. */
  private static final long EMULATED_BYTES = 256L << 20;

  private final FarmPlan plan;
  private final @Nullable SystemUser user;
  private final Deque<Returned> returns = new ArrayDeque<>();

  /** Something to be undone at the end. */
  private interface Returned {
    void run() throws IOException;
  }

  /**
   * @param user whom the devices are lent to; null when we are no root
   */
  SlotCards(FarmPlan plan, @Nullable SystemUser user) {
    this.plan = plan;
    this.user = user;
  }

  /** Slot and port, as the agent's configuration has it. */
  Map<String, String> insert() throws IOException {
    Map<String, String> ports = new LinkedHashMap<>();
    for (FlashSlot slot : plan.slots()) {
      ports.put(
          slot.name(),
          switch (slot.card()) {
            case FlashSlot.Card.Loop loop -> "loop:" + lent(Path.of(loop.node()));
            case FlashSlot.Card.RegularFile file -> "file:" + lent(file.path());
            case FlashSlot.Card.Emulated _ -> emulated(slot.name());
          });
    }
    return ports;
  }

  private String emulated(String name) throws IOException {
    Path file = plan.data().card(name);
    Files.createDirectories(file.getParent());
    try (RandomAccessFile card = new RandomAccessFile(file.toFile(), "rw")) {
      if (card.length() == 0) {
        card.setLength(EMULATED_BYTES);
      }
    }
    if (user == null) {
      return "file:" + file;
    }
    try {
      Path node = LoopDevice.attach(file);
      returns.push(() -> LoopDevice.detach(node));
      return "loop:" + lent(node);
    } catch (IOException e) {
      // A container often has no loop devices, not even for root.
      return "file:" + lent(file);
    }
  }

  private Path lent(Path node) throws IOException {
    if (user != null) {
      LentNode lent = LentNode.to(user, node);
      returns.push(lent::takeBack);
    }
    return node;
  }

  /** Takes all out again; a second call does nothing. */
  @Override
  public synchronized void close() {
    @Nullable IOException failed = null;
    while (!returns.isEmpty()) {
      try {
        returns.pop().run();
      } catch (IOException e) {
        failed = e;
      }
    }
    if (failed != null) {
      throw new UncheckedIOException("a card's device could not be given back", failed);
    }
  }
}
