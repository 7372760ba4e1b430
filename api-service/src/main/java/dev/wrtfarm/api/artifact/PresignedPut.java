package dev.wrtfarm.api.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wrtfarm.common.value.Sha256;
import io.minio.Signer;
import io.minio.errors.MinioException;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A PUT URL (AWS Signature Version 4) that binds Content-MD5. The SDK's own presigning signs no
 * header but Host, so a worker could leave the checksum away.
 *
 * @param endpoint scheme and authority, without a path
 */
record PresignedPut(URI endpoint, String region, String accessKey, String secretKey) {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyyMMdd").withZone(ZoneOffset.UTC);
  private static final String SIGNED = "content-md5;host";

  String url(String bucket, String key, String md5, Instant at, Duration validity) {
    String scope = DAY.format(at) + "/" + region + "/s3/aws4_request";
    String path = "/" + bucket + "/" + key;
    Map<String, String> query = new TreeMap<>();
    query.put("X-Amz-Algorithm", "AWS4-HMAC-SHA256");
    query.put("X-Amz-Credential", accessKey + "/" + scope);
    query.put("X-Amz-Date", STAMP.format(at));
    query.put("X-Amz-Expires", Long.toString(validity.toSeconds()));
    query.put("X-Amz-SignedHeaders", SIGNED);
    String queryString =
        query.entrySet().stream()
            .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
            .collect(Collectors.joining("&"));
    String headers = "content-md5:" + md5 + "\nhost:" + endpoint.getAuthority() + "\n";
    String request =
        String.join("\n", "PUT", path, queryString, headers, SIGNED, "UNSIGNED-PAYLOAD");
    String toSign =
        String.join("\n", "AWS4-HMAC-SHA256", STAMP.format(at), scope, Sha256.of(request).hex());
    String signature = HexFormat.of().formatHex(hmac(signingKey(DAY.format(at)), toSign));
    return endpoint + path + "?" + queryString + "&X-Amz-Signature=" + signature;
  }

  private byte[] signingKey(String day) {
    byte[] dayKey = hmac(("AWS4" + secretKey).getBytes(UTF_8), day);
    return hmac(hmac(hmac(dayKey, region), "s3"), "aws4_request");
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      return Signer.sumHmac(key, text.getBytes(UTF_8));
    } catch (MinioException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20").replace("*", "%2A");
  }

  @Override
  public String toString() {
    return "PresignedPut[" + endpoint + "]";
  }
}
