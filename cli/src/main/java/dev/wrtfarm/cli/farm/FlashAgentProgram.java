package dev.wrtfarm.cli.farm;

import dev.wrtfarm.cli.data.Tokens;
import dev.wrtfarm.cli.data.Tokens.Role;
import dev.wrtfarm.launcher.JavaCommand;
import dev.wrtfarm.launcher.Program;
import dev.wrtfarm.launcher.Readiness;
import dev.wrtfarm.launcher.SystemUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The farm's own flash agent, for slots that are no real readers. */
final class FlashAgentProgram {
  static final String NAME = "flash-agent";

  private static final String MAIN = "dev.wrtfarm.flash.FlashAgentMain";
  private static final Duration READY_LIMIT = Duration.ofMinutes(3);

  private final FarmPlan plan;
  private final @Nullable SystemUser user;

  FlashAgentProgram(FarmPlan plan, @Nullable SystemUser user) {
    this.plan = plan;
    this.user = user;
  }

  /**
   * @param dist the built agent, where its user can read it
   * @param ports each slot's
   */
  Program program(Path dist, Path launcher, Map<String, String> ports) throws IOException {
    Path folder = plan.data().flashAgent();
    if (user != null) {
      user.own(folder);
    } else {
      Files.createDirectories(folder);
    }
    Path token = plan.data().config().resolve(NAME + ".token");
    ConfigFile.writeFor(user, token, new Tokens(plan.data()).make(Role.AGENT) + "\n");
    Path config = plan.data().config().resolve(NAME + ".properties");
    ConfigFile.writePlain(config, values(folder, token, ports), user);
    JavaCommand command =
        JavaCommand.of(dist.resolve("flash-agent.jar"), MAIN)
            .withLauncher(launcher)
            // Its manifest says so too, but that only counts for java -jar.
            .withFlags(List.of("-XX:+UseSerialGC", "-Xmx256m"))
            .withFlags(List.of("--enable-native-access=ALL-UNNAMED"))
            .withArguments(List.of("agent", "--config", config.toString()));
    return Program.of(NAME, command.argv(), folder, plan.data().log(NAME))
        .as(user)
        .readyWhen(Readiness.line("READY", READY_LIMIT));
  }

  private Map<String, String> values(Path folder, Path token, Map<String, String> ports) {
    Map<String, String> values = new TreeMap<>();
    values.put("host", FarmPlan.FLASH_HOST);
    values.put("farm.urls", plan.apiUrl());
    values.put("farm.token-file", token.toString());
    values.put("data", folder.toString());
    values.put("test-host", "true");
    ports.forEach((slot, port) -> values.put("slot." + slot + ".port", port));
    return values;
  }
}
