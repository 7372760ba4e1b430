package dev.wrtfarm.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChoicesTest {
  private static final Path HOME = Path.of("/checkout");

  @Test
  void nothing_said_means_everything() {
    Choices choices = Choices.of(List.of(), HOME);

    assertThat(choices.benchmarks()).containsExactly(Benchmark.values());
    assertThat(choices.rounds()).isEqualTo(5);
    assertThat(choices.json()).isEqualTo(HOME.resolve("testing/bench/target/bench.json"));
  }

  @Test
  void only_may_be_said_more_than_once() {
    Choices choices = Choices.of(List.of("--only", "cli", "--only", "stack"), HOME);

    assertThat(choices.benchmarks()).containsExactly(Benchmark.STACK, Benchmark.CLI);
  }

  @Test
  void a_mistake_names_the_option_and_the_remedy() {
    refused("there are: stack, farm, cli, build, queue, flash", "--only", "stak");
    refused("--rounds: '0' is not a number from 1 to 100", "--rounds", "0");
    refused("--json needs a value", "--json");
    refused("there is no option 'stack'", "stack");
  }

  private static void refused(String message, String... arguments) {
    assertThatThrownBy(() -> Choices.of(List.of(arguments), HOME))
        .isInstanceOf(Choices.Unclear.class)
        .hasMessageContaining(message);
  }
}
