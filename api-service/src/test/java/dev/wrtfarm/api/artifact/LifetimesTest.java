package dev.wrtfarm.api.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wrtfarm.common.value.InvalidValue;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LifetimesTest {
  private record Config(
      Duration getValidity, Duration putValidity, Duration longestDownload, Duration clockSlack)
      implements StoreConfig {
    static Config of(String get, String put, String longest, String slack) {
      return new Config(
          Duration.parse(get), Duration.parse(put), Duration.parse(longest), Duration.parse(slack));
    }

    @Override
    public String endpoint() {
      return "http://store.example";
    }

    @Override
    public String publicEndpoint() {
      return endpoint();
    }

    @Override
    public String region() {
      return "nowhere";
    }

    @Override
    public Optional<String> accessKey() {
      return Optional.empty();
    }

    @Override
    public Optional<String> secretKey() {
      return Optional.empty();
    }

    @Override
    public String bucket() {
      return "any";
    }
  }

  @Test
  void an_object_is_left_alone_until_the_last_reader_of_any_url_is_done() {
    Lifetimes usual = new Lifetimes(Config.of("PT1H", "PT15M", "PT1H", "PT5M"));
    assertThat(usual.grace()).isEqualTo(Duration.ofMinutes(140));
    assertThat(usual.afterUrl()).isEqualTo(Duration.ofMinutes(65));
    Lifetimes longPut = new Lifetimes(Config.of("PT4S", "PT10S", "PT3S", "PT1S"));
    assertThat(longPut.grace()).isEqualTo(Duration.ofSeconds(15));
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, PT15M, PT1H, PT5M, get-validity",
    "PT169H, PT15M, PT1H, PT5M, get-validity",
    "PT1H, PT0.5S, PT1H, PT5M, put-validity",
    "PT1H, PT15M, -PT1S, PT5M, longest-download",
    "PT1H, PT15M, PT1H, -PT1S, clock-slack"
  })
  void what_cannot_be_is_refused_by_name(
      String get, String put, String longest, String slack, String key) {
    assertThatThrownBy(() -> new Lifetimes(Config.of(get, put, longest, slack)))
        .isInstanceOf(InvalidValue.class)
        .hasMessageContaining("wrtfarm.s3." + key);
  }
}
