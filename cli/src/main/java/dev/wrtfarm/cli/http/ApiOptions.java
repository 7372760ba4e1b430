package dev.wrtfarm.cli.http;

import dev.wrtfarm.cli.data.DataFolder;
import dev.wrtfarm.cli.machine.Surroundings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a command finds the farm that it speaks to. */
public final class ApiOptions {
  private final Surroundings surroundings;

  @Option(
      names = "--api",
      paramLabel = "URL[,URL…]",
      description =
          "The farm's address; of several, the next is tried when one does not answer. Otherwise WRTFARM_API, or the farm that runs on this machine, or"
              + " http://127.0.0.1:8780.")
  private @Nullable String api;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data folder of the farm on this machine, if it is not the usual one.")
  private @Nullable Path data;

  public ApiOptions(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  public FarmApi connect() {
    return new FarmApi(FarmAddress.find(api, data, surroundings));
  }

  public DataFolder dataFolder() {
    return DataFolder.of(data, surroundings);
  }
}
