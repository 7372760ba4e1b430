package dev.wrtfarm.flash.local;

import dev.wrtfarm.flash.device.DeviceRefused;
import dev.wrtfarm.flash.image.ImageRefused;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Set;

/** The commands of one host, each with its exit code. */
public final class LocalMain {
  /** The card holds the image, or what was asked is shown. */
  static final int DONE = 0;

  /** A verdict that is not good. */
  static final int FAILED = 1;

  /** The command line is wrong, or the device, image or token was refused; nothing was written. */
  static final int REFUSED = 2;

  /** Nobody knows what the card holds. */
  static final int NEEDS_CHECK = 3;

  public static final String USAGE =
      """
      usage: flash-agent local plan|run|verify --image FILE --device DEV [OPTION…]
               --sha256 HEX        what the image's file must have
               --confirm NAME      the device's name, instead of typing it (run)
               --level LEVEL       quick, standard, thorough or qualify
               --wipe WIPE         signatures or full
               --verify-prefix SIZE  verify only so much; the verdict is then PARTIAL
               --config NAME       a configuration archive of the data folder
               --max-size SIZE     the largest card of this host (256 GB)
               --test-host         allow loop devices and regular files
               --json, --data DIR
             flash-agent local resolve --job JOB --note TEXT [--without-farm] [--data DIR]
             flash-agent journal verify [--data DIR] [--json]
             flash-agent cards [--data DIR] [--json]
             flash-agent cards mark ID [--state STATE] [--label TEXT] [--data DIR]\
      """;

  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;

  public LocalMain(InputStream in, PrintStream out, PrintStream err) {
    this.in = in;
    this.out = out;
    this.err = err;
  }

  public int run(List<String> words) throws InterruptedException {
    if (words.contains("--help")) {
      out.println(USAGE);
      return DONE;
    }
    try {
      List<String> rest = words.subList(1, words.size());
      boolean onlyLocal = words.getFirst().equals("local") && !rest.isEmpty();
      if (onlyLocal && Set.of("journal", "cards").contains(rest.getFirst())) {
        return run(rest);
      }
      return switch (words.getFirst()) {
        case "local" -> new LocalCommand(in, out, err).run(rest);
        case "journal" -> new JournalCommand(out).run(rest);
        default -> new CardsCommand(out).run(rest);
      };
    } catch (UsageWrong e) {
      err.println("flash-agent: " + e.getMessage());
      if (words.size() == 1) {
        err.println(USAGE);
      }
      return REFUSED;
    } catch (DeviceRefused e) {
      err.println("refused (%s): %s".formatted(e.reason(), e.getMessage()));
      return REFUSED;
    } catch (ImageRefused e) {
      err.println("refused: " + e.getMessage());
      return REFUSED;
    } catch (IOException e) {
      err.println("flash-agent: " + e.getMessage());
      return REFUSED;
    }
  }
}
