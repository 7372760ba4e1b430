package dev.wrtfarm.flash.lane;

import dev.wrtfarm.common.flash.RefusalReason;
import dev.wrtfarm.flash.device.DeviceRefused;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * The process that writes to one card.
 *
 * <h2>The go</h2>
 *
 * It opens the device and checks everything again, says READY, and waits. A line {@code go} from
 * its parent is the only thing that makes it write. If its input ends before that, its parent is
 * gone and nobody will ever say it: it exits, and has written nothing.
 *
 * <h2>After the go</h2>
 *
 * Half an image is worth nothing, so from then on it finishes whatever becomes of its parent: it
 * does not listen to its input any more, ignores the signals that end its parent's process group,
 * and keeps what it did in a journal file of its own, from which a later parent reports. BEGUN is
 * on the disk there before the first write to the card; a file without it proves that there was
 * none.
 */
public final class LaneMain {
  private final LaneFolder folder;
  private final BufferedReader in;
  private final PrintStream out;

  private LaneMain(LaneFolder folder, BufferedReader in, PrintStream out) {
    this.folder = folder;
    this.in = in;
    this.out = out;
  }

  /** With the path of its folder. */
  public static void run(List<String> args) throws IOException, InterruptedException {
    for (String signal : List.of("INT", "TERM", "HUP")) {
      Signal.handle(new Signal(signal), SignalHandler.SIG_IGN);
    }
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    new LaneMain(new LaneFolder(Path.of(args.getFirst())), in, out).work();
  }

  private void work() throws IOException, InterruptedException {
    if (!folder.keepLock()) {
      throw new IOException(folder.path() + " belongs to another lane");
    }
    LaneOrder order = folder.order();
    try (LaneRun run = LaneRun.open(folder, order)) {
      say(LaneWord.ready());
      if (!"go".equals(in.readLine())) {
        return;
      }
      folder.note(LaneWord.begun());
      say(LaneWord.begun());
      LaneWord ended = LaneWord.ended(run.execute(this::say));
      folder.note(ended);
      say(ended);
    } catch (DeviceRefused e) {
      say(LaneWord.refused(e.reason(), String.valueOf(e.getMessage())));
    } catch (IOException e) {
      if (folder.told().begun()) {
        throw e;
      }
      say(LaneWord.refused(RefusalReason.NO_DEVICE, String.valueOf(e.getMessage())));
    }
  }

  /** A parent that is gone hears nothing, and that is no error. */
  private void say(LaneWord word) {
    out.println(word.line());
  }
}
