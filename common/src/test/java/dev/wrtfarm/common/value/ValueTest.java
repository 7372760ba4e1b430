package dev.wrtfarm.common.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTest {

  @Test
  void sha256_of_the_standard_vector() {
    assertThat(Sha256.of("abc").hex())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @ParameterizedTest
  @CsvSource({
    "0,0 B",
    "1023,1023 B",
    "1024,1.0 KiB",
    "14260634,13.6 MiB",
    "1099511627776,1.0 TiB",
    "9007199254740992,8192.0 TiB"
  })
  void sizes_read_in_binary_units(long bytes, String shown) {
    assertThat(new ByteSize(bytes)).hasToString(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "24.10.2,releases/24.10.2,false",
    "24.10-SNAPSHOT,releases/24.10-SNAPSHOT,true",
    "SNAPSHOT,snapshots,true",
    "24.10.0-sample,releases/24.10.0-sample,false"
  })
  void a_release_knows_its_place_on_the_server(String release, String path, boolean snapshot) {
    assertThat(new ReleaseId(release).path()).isEqualTo(path);
    assertThat(new ReleaseId(release).isSnapshot()).isEqualTo(snapshot);
  }

  @Test
  void a_refusal_names_field_value_and_remedy() {
    assertThatThrownBy(() -> new Target("../etc"))
        .isInstanceOf(InvalidValue.class)
        .hasMessage("target '../etc' is not valid: give target and subtarget as in ath79/nand");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u001b[31mred", "a\nb"})
  void a_refusal_never_echoes_control_characters(String hostile) {
    assertThatThrownBy(() -> new PackageName(hostile))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContainPattern("\\p{Cntrl}"));
  }

  @Test
  void a_refusal_quotes_no_more_than_it_needs() {
    assertThatThrownBy(() -> new PackageName("a".repeat(100_000)))
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400));
  }
}
