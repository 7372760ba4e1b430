package dev.wrtfarm.worker.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wrtfarm.common.build.FailureReason;
import dev.wrtfarm.common.value.InvalidValue;
import dev.wrtfarm.worker.attempt.BuildFailed;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrustedKeysTest {
  private static final byte[] MESSAGE = "abc *file\n".getBytes(UTF_8);
  private static final byte[] ID = {1, 2, 3, 4, 5, 6, 7, 8};
  private static final byte[] OTHER_ID = {9, 9, 9, 9, 9, 9, 9, 9};

  private KeyPair pair;

  @BeforeEach
  void makeKey() throws GeneralSecurityException {
    pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
  }

  @Test
  void a_signature_by_a_trusted_key_is_accepted_and_named() throws GeneralSecurityException {
    assertThat(trusting(ID).verify(MESSAGE, signature(ID, MESSAGE))).isEqualTo("0102030405060708");
  }

  @Test
  void a_changed_message_is_refused() throws GeneralSecurityException {
    String signature = signature(ID, MESSAGE);
    assertInvalid(() -> trusting(ID).verify("abd *file\n".getBytes(UTF_8), signature), "bear out");
  }

  @Test
  void a_key_that_is_not_trusted_is_named() throws GeneralSecurityException {
    String signature = signature(OTHER_ID, MESSAGE);
    assertInvalid(() -> trusting(ID).verify(MESSAGE, signature), "key 0909090909090909");
  }

  @Test
  void a_signature_file_that_is_none_is_refused() {
    assertInvalid(() -> trusting(ID).verify(MESSAGE, "<html>not found</html>"), "base64");
  }

  @Test
  void the_published_key_of_24_10_has_the_published_id() {
    String published = "RWTTEMbygz6X95lKDAulctZy3aj15823THXfyrfXgwGbxZlXBd2brNcw";
    assertThat(UsignKey.parse(published).id()).isEqualTo("d310c6f2833e97f7");
    assertThat(UsignKey.parse("untrusted comment: OpenWrt 24.10\n" + published + "\n").id())
        .isEqualTo("d310c6f2833e97f7");
  }

  @Test
  void a_key_that_is_cut_short_is_refused_by_name() {
    assertThatThrownBy(() -> new TrustedKeys(List.of("RWTTEMbygz6X95lK")))
        .isInstanceOf(InvalidValue.class)
        .hasMessageContaining("usign key");
  }

  private TrustedKeys trusting(byte[] id) {
    // X.509 ends with the raw 32 bytes.
    byte[] encoded = pair.getPublic().getEncoded();
    byte[] raw = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    return new TrustedKeys(List.of(usign(id, raw)));
  }

  private String signature(byte[] id, byte[] message) throws GeneralSecurityException {
    Signature signer = Signature.getInstance("Ed25519");
    signer.initSign(pair.getPrivate());
    signer.update(message);
    return "untrusted comment: signed by a test\n" + usign(id, signer.sign()) + "\n";
  }

  private static String usign(byte[] id, byte[] body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes("Ed".getBytes(UTF_8));
    bytes.writeBytes(id);
    bytes.writeBytes(body);
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  private static void assertInvalid(Runnable verify, String said) {
    assertThatThrownBy(verify::run)
        .isInstanceOfSatisfying(
            BuildFailed.class,
            e -> assertThat(e.failure().reason()).isEqualTo(FailureReason.SIGNATURE_INVALID))
        .hasMessageContaining(said);
  }
}
