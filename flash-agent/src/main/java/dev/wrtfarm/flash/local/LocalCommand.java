package dev.wrtfarm.flash.local;

import dev.wrtfarm.common.flash.FlashKind;
import dev.wrtfarm.common.flash.FlashOptions;
import dev.wrtfarm.common.flash.FlashPlan;
import dev.wrtfarm.common.flash.Level;
import dev.wrtfarm.common.flash.Wipe;
import dev.wrtfarm.flash.device.DeviceGuard;
import dev.wrtfarm.flash.device.DeviceRefused;
import dev.wrtfarm.flash.device.DeviceRules;
import dev.wrtfarm.flash.device.HostRoots;
import dev.wrtfarm.flash.device.SlotLook;
import dev.wrtfarm.flash.device.Slots;
import dev.wrtfarm.flash.image.ImageFile;
import dev.wrtfarm.flash.journal.JournalRecord.Resolved;
import dev.wrtfarm.flash.journal.Ledger.OpenRun;
import dev.wrtfarm.flash.lane.PortLock;
import dev.wrtfarm.flash.plan.BootId;
import dev.wrtfarm.flash.plan.Configs;
import dev.wrtfarm.flash.plan.PlanRequest;
import dev.wrtfarm.flash.plan.Planner;
import dev.wrtfarm.flash.plan.Sizes;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code local plan|run|verify|resolve}. */
final class LocalCommand {
  static final Path DATA = Path.of("/var/lib/wrtfarm-flash");
  private static final String LOCAL = "local-";

  private static final Set<String> KEYS =
      Set.of(
          "image",
          "device",
          "sha256",
          "confirm",
          "level",
          "wipe",
          "verify-prefix",
          // What it was called before.
          "prefix",
          "config",
          "max-size",
          "data",
          "job",
          "note");

  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;

  LocalCommand(InputStream in, PrintStream out, PrintStream err) {
    this.in = in;
    this.out = out;
    this.err = err;
  }

  int run(List<String> line) throws UsageWrong, DeviceRefused, IOException, InterruptedException {
    Arguments arguments = Arguments.parse(line, KEYS, Set.of("json", "test-host", "without-farm"));
    if (arguments.words().size() != 1) {
      throw new UsageWrong("say what to do: local plan, run, verify or resolve");
    }
    Path data = arguments.value("data").map(Path::of).orElse(DATA);
    String word = arguments.words().getFirst();
    if (!Set.of("plan", "run", "verify", "resolve").contains(word)) {
      throw new UsageWrong(
          "there is no 'local %s': say local plan, run, verify or resolve".formatted(word));
    }
    try (Books books = Books.open(data.toAbsolutePath())) {
      return word.equals("resolve") ? resolve(books, arguments) : work(books, arguments, word);
    }
  }

  private int work(Books books, Arguments arguments, String word)
      throws UsageWrong, DeviceRefused, IOException, InterruptedException {
    FlashKind kind = word.equals("verify") ? FlashKind.VERIFY : FlashKind.FLASH;
    DeviceRules rules =
        new DeviceRules(
            arguments.has("test-host"),
            size(arguments, "max-size").orElse(DeviceRules.LARGEST_CARD));
    Path image = Path.of(arguments.required("image"));
    Path device = Path.of(arguments.required("device"));
    FlashOptions options = options(arguments);
    String slot = String.valueOf(device.getFileName());
    Slots slots = new Slots(HostRoots.REAL, rules);
    SlotLook look = slots.lookAt(slot, device);
    look.readyFor(kind);
    PortLock.missing(PortLock.FOLDER).ifPresent(why -> err.println("warning: " + why));
    ImageFile input =
        ImageFile.look(
            image,
            String.valueOf(image.getFileName()),
            arguments.value("sha256").orElse(null),
            null,
            rules.largest());
    PlanRequest request =
        new PlanRequest(LOCAL + randomId(), kind, slot, input.facts(), options, "none");
    Planner planner =
        new Planner(
            new DeviceGuard(HostRoots.REAL, rules),
            books.journal(),
            books.ledger(),
            books.cards(),
            Configs.of(books.data()),
            BootId.read(),
            InstantSource.system());
    FlashPlan plan = planner.plan(request, look);
    LocalTalk talk = new LocalTalk(in, out, err, arguments.has("json"));
    talk.show(plan);
    if (word.equals("plan")) {
      talk.end(plan);
      return LocalMain.DONE;
    }
    if (kind == FlashKind.FLASH) {
      talk.confirm(plan, arguments.value("confirm"));
    }
    return new LocalRun(books, planner, rules, talk)
        .run(request, () -> slots.lookAt(slot, device), image, plan);
  }

  /**
   * A farm's job is resolved at the farm, whose word the agent waits for. A farm that has forgotten
   * the job, for its database was put back to an earlier state, will never give it.
   */
  private int resolve(Books books, Arguments arguments) throws UsageWrong, IOException {
    String job = arguments.required("job");
    String note = arguments.required("note");
    Optional<OpenRun> run = books.ledger().openRun(job);
    if (run.isEmpty() || run.get().interrupted() == null) {
      throw new UsageWrong("no run '%s' of this host needs a check".formatted(job));
    }
    if (!job.startsWith(LOCAL) && !arguments.has("without-farm")) {
      throw new UsageWrong(
          "%s is a job of the farm: say 'wrtfarm flash resolve %s', or, if the farm has forgotten it, add --without-farm"
              .formatted(job, job));
    }
    books.journal().append(new Resolved(job, "local", note));
    out.println("%s: resolved; the card can be planned for again".formatted(job));
    return LocalMain.DONE;
  }

  private static FlashOptions options(Arguments arguments) throws UsageWrong {
    boolean older = arguments.value("prefix").isPresent();
    if (older && arguments.value("verify-prefix").isPresent()) {
      throw new UsageWrong(
          "--prefix is the older name of --verify-prefix: give only --verify-prefix");
    }
    return new FlashOptions(
        choice(arguments, "level", Level.class, Level.STANDARD),
        choice(arguments, "wipe", Wipe.class, Wipe.SIGNATURES),
        size(arguments, older ? "prefix" : "verify-prefix").orElse(null),
        arguments.value("config").orElse(null));
  }

  private static <T extends Enum<T>> T choice(
      Arguments arguments, String key, Class<T> type, T usual) throws UsageWrong {
    Optional<String> word = arguments.value(key);
    if (word.isEmpty()) {
      return usual;
    }
    try {
      return Enum.valueOf(type, word.get().toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new UsageWrong(
          "--%s is '%s': give one of %s"
              .formatted(
                  key,
                  word.get(),
                  Arrays.stream(type.getEnumConstants())
                      .map(each -> each.name().toLowerCase(Locale.ROOT))
                      .collect(Collectors.joining(", "))));
    }
  }

  private static Optional<Long> size(Arguments arguments, String key) throws UsageWrong {
    Optional<String> word = arguments.value(key);
    if (word.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Sizes.bytes(word.get()));
    } catch (NumberFormatException e) {
      throw new UsageWrong(
          "--%s is '%s': give bytes, or a number with MiB, GiB, MB or GB"
              .formatted(key, word.get()));
    }
  }

  private static String randomId() {
    byte[] id = new byte[8];
    new SecureRandom().nextBytes(id);
    return HexFormat.of().formatHex(id);
  }
}
