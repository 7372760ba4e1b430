package dev.wrtfarm.cli.lab;

import dev.wrtfarm.cli.http.ApiOptions;
import dev.wrtfarm.cli.http.FarmApi;
import dev.wrtfarm.cli.http.FlashApi;
import dev.wrtfarm.cli.machine.Surroundings;
import dev.wrtfarm.cli.output.Json;
import dev.wrtfarm.cli.output.Table;
import dev.wrtfarm.cli.output.Terminal;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A command that asks the farm for something and shows it. */
abstract class View<T> implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ApiOptions options;

  @Option(names = "--json", description = "One JSON document.")
  private boolean json;

  View(Terminal terminal, Surroundings surroundings) {
    this.terminal = terminal;
    this.options = new ApiOptions(surroundings);
  }

  /** What to show. */
  abstract T ask(FlashApi api) throws InterruptedException;

  /** For a person. */
  abstract void show(T what);

  @Override
  public Integer call() throws InterruptedException {
    T what;
    try (FarmApi api = options.connect()) {
      what = ask(new FlashApi(api));
    }
    if (json) {
      terminal.line(Json.pretty(what));
    } else {
      show(what);
    }
    return 0;
  }

  void line(String text) {
    terminal.line(text.replaceAll("\\p{Cntrl}+", " "));
  }

  void message(String text) {
    terminal.message(text);
  }

  void rows(Table table) {
    table.lines().forEach(this::line);
  }

  void fact(String name, @Nullable Object value) {
    if (value != null) {
      line("%-12s %s".formatted(name, value));
    }
  }
}
