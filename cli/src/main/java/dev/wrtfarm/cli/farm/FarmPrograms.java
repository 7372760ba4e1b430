package dev.wrtfarm.cli.farm;

import dev.wrtfarm.cli.data.Tokens;
import dev.wrtfarm.cli.data.Tokens.Role;
import dev.wrtfarm.common.value.Sha256;
import dev.wrtfarm.launcher.FreePort;
import dev.wrtfarm.launcher.JavaCommand;
import dev.wrtfarm.launcher.Program;
import dev.wrtfarm.launcher.Readiness;
import dev.wrtfarm.launcher.StackProgram;
import dev.wrtfarm.launcher.SystemUser;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The programs of a farm: what each runs as, what it is told, how it shows that it is ready. */
final class FarmPrograms {
  static final String STACK = "stack";
  static final String SAMPLE = "sample-upstream";
  static final String API = "api";

  private static final Duration READY_LIMIT = Duration.ofMinutes(3);
  private static final Pattern QUARKUS_READY = Pattern.compile("started in [0-9.]+s");
  private static final Pattern SAMPLE_READY = Pattern.compile("^READY ");
  private static final String SAMPLE_CANONICAL = "http://downloads.sample.invalid";
  private static final List<String> SMALL_JVM = List.of("-XX:+UseSerialGC", "-Xmx256m");

  private final FarmPlan plan;
  private final Tokens tokens;
  private final @Nullable SystemUser farmUser;
  private final @Nullable SystemUser workerUser;
  private final @Nullable SystemUser flashUser;
  private final SlotCards cards;
  private final Copies copies;
  private final int samplePort;

  FarmPrograms(FarmPlan plan) {
    this.plan = plan;
    this.tokens = new Tokens(plan.data());
    this.farmUser = SystemUser.FARM.whenRoot();
    this.workerUser = SystemUser.WORKER.whenRoot();
    this.flashUser = plan.slots().isEmpty() ? null : SystemUser.FLASH.whenRoot();
    this.cards = new SlotCards(plan, flashUser);
    this.copies = Copies.forFarm(plan);
    this.samplePort = portBeside(plan.port());
  }

  /** The API's may be free still, for it starts later. */
  private static int portBeside(int api) {
    int port = FreePort.any();
    return port == api ? FreePort.any() : port;
  }

  static String worker(int number) {
    return "worker-" + number;
  }

  Program stack() {
    return StackProgram.ofDist(
        installed("local/stack/target/dist"), plan.data().stack(), plan.data().log(STACK));
  }

  Program sampleUpstream() {
    Path dist = installed("local/sample-upstream/target/dist");
    Path site = installed("local/sample-upstream/target/site");
    JavaCommand command =
        JavaCommand.of(dist.resolve("sample-upstream.jar"), "dev.wrtfarm.sample.SampleUpstreamMain")
            .withLauncher(launcher())
            .withFlags(SMALL_JVM)
            .withFlags(List.of("-XX:TieredStopAtLevel=1"))
            .withArguments(
                List.of("--site", site.toString(), "--port", Integer.toString(samplePort)));
    return Program.of(SAMPLE, command.argv(), dist, plan.data().log(SAMPLE))
        .as(farmUser)
        .readyWhen(new Readiness.Output(SAMPLE_READY, READY_LIMIT));
  }

  Program api() throws IOException {
    Map<String, String> values = new TreeMap<>(endpoints());
    values.put("quarkus.http.port", Integer.toString(plan.port()));
    values.put("wrtfarm.upstream.url", upstreamUrl());
    for (Role role : Role.values()) {
      values.put(
          "wrtfarm.access." + role.word() + "-token-sha256", Sha256.of(tokens.make(role)).hex());
    }
    Path config = plan.data().config().resolve("api.properties");
    ConfigFile.write(config, values, farmUser);
    Path app = installed("api-service/target/quarkus-app");
    return Program.of(API, quarkus(app, config).argv(), app, plan.data().log(API))
        .as(farmUser)
        .readyWhen(Readiness.http(URI.create(plan.apiUrl() + "/q/health/ready"), READY_LIMIT));
  }

  Program workerProgram(int number) throws IOException {
    String name = worker(number);
    Path folder = plan.data().worker(number);
    Path token = plan.data().config().resolve(name + ".token");
    Path config = plan.data().config().resolve(name + ".properties");
    if (workerUser != null) {
      workerUser.own(folder);
    } else {
      Files.createDirectories(folder);
    }
    ConfigFile.writeFor(workerUser, token, tokens.make(Role.WORKER) + "\n");
    ConfigFile.write(config, workerValues(name, folder, token), workerUser);
    Path app = installed("build-worker/target/quarkus-app");
    return Program.of(name, quarkus(app, config).argv(), folder, plan.data().log(name))
        .as(workerUser)
        .readyWhen(new Readiness.Output(QUARKUS_READY, READY_LIMIT));
  }

  /** Puts the cards in first. */
  Program flashAgent() throws IOException {
    Path dist = installed("flash-agent/target/dist");
    return new FlashAgentProgram(plan, flashUser).program(dist, launcher(), cards.insert());
  }

  /** When nothing uses them any more. */
  void takeCardsOut() {
    cards.close();
  }

  void forgetOldCopies() throws IOException {
    copies.forgetOthers();
  }

  /** What the stack says now; another port after a restart means that its users must be told. */
  Map<String, String> endpoints() {
    return StackProgram.endpoints(plan.data().stack());
  }

  private Map<String, String> workerValues(String name, Path folder, Path token) {
    Map<String, String> values = new TreeMap<>();
    // Neither database nor object store: a worker gets no more than it needs.
    endpoints()
        .forEach((key, value) -> {
          if (key.startsWith("kafka.")) {
            values.put(key, value);
          }
        });
    values.put("wrtfarm.api.urls", plan.apiUrl());
    values.put("wrtfarm.api.token-file", token.toString());
    values.put("wrtfarm.worker.id", name);
    values.put("wrtfarm.worker.data", folder.toString());
    values.put("quarkus.http.port", "0");
    values.put("wrtfarm.upstream.url", upstreamUrl());
    if (plan.upstream() instanceof Upstream.Sample) {
      values.put("wrtfarm.upstream.canonical-url", SAMPLE_CANONICAL);
      values.put(
          "wrtfarm.upstream.usign-key-files",
          installed("local/sample-upstream/target/site")
              .resolve("keys/sample-usign.pub")
              .toString());
    }
    return values;
  }

  private String upstreamUrl() {
    return switch (plan.upstream()) {
      case Upstream.Server server -> server.url();
      case Upstream.Sample _ -> "http://127.0.0.1:" + samplePort;
    };
  }

  private JavaCommand quarkus(Path app, Path config) {
    return JavaCommand.of(app.resolve("quarkus-run.jar"), JavaCommand.QUARKUS_MAIN)
        .withLauncher(launcher())
        .withFlags(SMALL_JVM)
        .withProperty("smallrye.config.locations", location(config));
  }

  /** A list of URIs is read: blanks, commas and dollar signs of the path would mean something. */
  static String location(Path config) {
    return config.toUri().toString().replace(",", "%2C").replace("$", "%24");
  }

  private Path launcher() {
    return copies.of(JavaCommand.launcherJar());
  }

  private Path installed(String place) {
    Path built = plan.home().resolve(place);
    if (!Files.isDirectory(built)) {
      throw new NotBuilt(built);
    }
    return copies.of(built);
  }
}
