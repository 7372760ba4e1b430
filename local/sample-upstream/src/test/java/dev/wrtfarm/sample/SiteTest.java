package dev.wrtfarm.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tree is one that clients of a download server can use. */
class SiteTest {
  @ParameterizedTest
  @CsvSource({
    "24.10.0-sample,x86/64",
    "24.10.0-sample,mediatek/filogic",
    "25.12.0-sample,x86/64",
    "25.12.0-sample,mediatek/filogic"
  })
  void sha256sums_are_right_complete_and_signed(String release, String target) throws Exception {
    Path folder = BuiltSite.target(release, target);
    Command.run(folder, "sha256sum", "--check", "--quiet", "sha256sums").outOrFail();
    List<String> lines = Files.readAllLines(folder.resolve("sha256sums"));
    assertThat(lines)
        .anyMatch(line -> line.matches("[0-9a-f]{64} \\*.*imagebuilder-.*x86_64\\.tar\\.zst"))
        .anyMatch(line -> line.endsWith(" *profiles.json"))
        .anyMatch(line -> line.contains(" *packages/libc"))
        .anyMatch(line -> line.contains(" *kmods/"));
    assertThat(isSigned(folder.resolve("sha256sums"), folder.resolve("sha256sums.sig"))).isTrue();
  }

  @Test
  void package_lists_are_signed_by_the_same_key_and_no_other_text_is() throws Exception {
    Path feed = BuiltSite.ROOT.resolve("releases/24.10.0-sample/packages/x86_64/base");
    assertThat(isSigned(feed.resolve("Packages"), feed.resolve("Packages.sig"))).isTrue();
    assertThat(isSigned(feed.resolve("index.json"), feed.resolve("Packages.sig"))).isFalse();
  }

  /** As a reader of usign's format does it who knows nothing of how the tree was made. */
  private static boolean isSigned(Path file, Path signatureFile) throws Exception {
    byte[] key = secondLine(BuiltSite.ROOT.resolve("keys/sample-usign.pub"));
    byte[] signature = secondLine(signatureFile);
    assertThat(key).hasSize(42).startsWith('E', 'd');
    assertThat(signature).hasSize(74).startsWith(Arrays.copyOf(key, 10));
    Signature verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(publicKey(Arrays.copyOfRange(key, 10, 42)));
    verifier.update(Files.readAllBytes(file));
    return verifier.verify(Arrays.copyOfRange(signature, 10, 74));
  }

  private static PublicKey publicKey(byte[] raw) throws Exception {
    byte[] y = new byte[raw.length];
    for (int i = 0; i < raw.length; i++) {
      y[i] = raw[raw.length - 1 - i];
    }
    boolean odd = (y[0] & 0x80) != 0;
    y[0] &= 0x7f;
    EdECPoint point = new EdECPoint(odd, new BigInteger(1, y));
    return KeyFactory.getInstance("Ed25519")
        .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
  }

  private static byte[] secondLine(Path file) throws IOException {
    return Base64.getDecoder().decode(Files.readAllLines(file).get(1));
  }

  @Test
  void versions_and_targets_are_listed() throws IOException {
    assertThat(BuiltSite.ROOT.resolve(".versions.json"))
        .content()
        .contains("\"stable_version\":\"25.12.0-sample\"");
    assertThat(BuiltSite.ROOT.resolve("releases/24.10.0-sample/.targets.json"))
        .content()
        .isEqualTo("{\"mediatek/filogic\":\"aarch64_cortex-a53\",\"x86/64\":\"x86_64\"}");
    assertThat(BuiltSite.ROOT.resolve("releases/25.12.0-sample/.overview.json"))
        .content()
        .contains("\"id\":\"sample_tiny\"", "\"target\":\"mediatek/filogic\"");
  }

  @Test
  void upstream_lists_every_image_that_its_profiles_have() throws IOException {
    String profiles =
        Files.readString(
            BuiltSite.target(BuiltSite.APK, BuiltSite.FILOGIC).resolve("profiles.json"));
    assertThat(profiles.split("\"filesystem\":\"squashfs\"", -1)).hasSize(5);
    assertThat(profiles)
        .contains("sample_tiny-squashfs-sysupgrade.bin", "\"file_size_limits\":{\"image\":2097152}")
        .contains(
            "\"version_code\"", "\"linux_kernel\"", "\"supported_devices\":[\"sample,tiny\"]");
  }

  @Test
  void every_index_json_is_of_version_2_and_has_names_without_abi() throws IOException {
    for (String release : List.of(BuiltSite.OPKG, BuiltSite.APK)) {
      Path feed = BuiltSite.ROOT.resolve("releases/" + release + "/packages/x86_64/packages");
      assertThat(feed.resolve("index.json"))
          .content()
          .contains("\"version\":2", "\"architecture\":\"x86_64\"", "\"libncurses\":\"6.4-r2\"");
    }
  }

  @Test
  void the_whole_tree_stays_small() throws IOException {
    try (Stream<Path> files = Files.walk(BuiltSite.ROOT)) {
      long bytes =
          files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
      assertThat(bytes).isLessThan(90L << 20);
    }
  }
}
