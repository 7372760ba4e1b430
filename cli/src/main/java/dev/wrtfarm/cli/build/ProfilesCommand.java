package dev.wrtfarm.cli.build;

import dev.wrtfarm.cli.http.ApiOptions;
import dev.wrtfarm.cli.http.FarmApi;
import dev.wrtfarm.cli.machine.Surroundings;
import dev.wrtfarm.cli.output.Json;
import dev.wrtfarm.cli.output.Table;
import dev.wrtfarm.cli.output.Terminal;
import dev.wrtfarm.common.rest.ProfileView;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wrtfarm profiles}. */
@Command(
    name = "profiles",
    mixinStandardHelpOptions = true,
    description = "Lists the profiles that can be built, or shows one.")
public final class ProfilesCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ApiOptions options;

  @Parameters(arity = "0..1", paramLabel = "PROFILE", description = "id or id@revision")
  private @Nullable String id;

  @Option(names = "--json", description = "One JSON document.")
  private boolean json;

  public ProfilesCommand(Terminal terminal, Surroundings surroundings) {
    this.terminal = terminal;
    this.options = new ApiOptions(surroundings);
  }

  @Override
  public Integer call() throws InterruptedException {
    try (FarmApi api = options.connect()) {
      if (id != null) {
        terminal.line(Json.pretty(api.profile(id)));
      } else {
        list(api.profiles());
      }
    }
    return 0;
  }

  private void list(List<ProfileView> profiles) {
    if (json) {
      terminal.line(Json.pretty(profiles));
      return;
    }
    Table table = new Table("profile", "release", "target", "device", "title");
    for (ProfileView each : profiles) {
      table.row(
          each.id() + "@" + each.revision(),
          each.recipe().release(),
          each.recipe().target(),
          each.recipe().profile(),
          each.title());
    }
    table.lines().forEach(terminal::line);
  }
}
