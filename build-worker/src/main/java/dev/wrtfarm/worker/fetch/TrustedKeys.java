package dev.wrtfarm.worker.fetch;

import dev.wrtfarm.common.build.FailureReason;
import dev.wrtfarm.common.value.InvalidValue;
import dev.wrtfarm.worker.attempt.BuildFailed;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The pinned keys of upstream. */
public final class TrustedKeys {
  private static final int SIGNATURE_LENGTH = 74;

  private final Map<String, UsignKey> byId;

  /**
   * @param keys base64 lines or whole key files
   */
  public TrustedKeys(Collection<String> keys) {
    byId =
        keys.stream()
            .map(UsignKey::parse)
            .collect(Collectors.toUnmodifiableMap(UsignKey::id, Function.identity(), (a, _) -> a));
  }

  /** Returns the id of the key that signed, or fails the build. */
  String verify(byte[] message, String signatureFile) {
    byte[] signature;
    try {
      signature = UsignText.decode("sha256sums.sig", signatureFile, SIGNATURE_LENGTH);
    } catch (InvalidValue e) {
      throw invalid(e.getMessage() == null ? "sha256sums.sig is not valid" : e.getMessage());
    }
    String id = HexFormat.of().formatHex(signature, UsignKey.ID_AT, UsignKey.BODY_AT);
    UsignKey key = byId.get(id);
    if (key == null) {
      throw invalid(
          "sha256sums is signed by key %s, which is not one of the %d trusted ones; if it is"
                  .formatted(id, byId.size())
              + " upstream's, add it to wrtfarm.upstream.usign-keys");
    }
    if (!signs(key, message, Arrays.copyOfRange(signature, UsignKey.BODY_AT, SIGNATURE_LENGTH))) {
      throw invalid("sha256sums does not bear out its signature by key " + id);
    }
    return id;
  }

  private static boolean signs(UsignKey key, byte[] message, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(key.key());
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static BuildFailed invalid(String message) {
    return new BuildFailed(FailureReason.SIGNATURE_INVALID, message);
  }
}
