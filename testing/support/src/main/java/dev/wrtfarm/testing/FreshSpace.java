package dev.wrtfarm.testing;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * A corner of running parts that nobody else uses: an empty database, which is made here; a bucket,
 * which the api makes when it is missing; and a prefix for topics.
 */
public final class FreshSpace {
  private static final String URL = "quarkus.datasource.jdbc.url";
  private static final SecureRandom RANDOM = new SecureRandom();

  private FreshSpace() {}

  /** The given configuration, pointed at a corner of its own. */
  public static Map<String, String> in(Map<String, String> parts) {
    String name = "test" + randomHex();
    createDatabase(parts, name);
    Map<String, String> own = new HashMap<>(parts);
    own.put(URL, withDatabase(value(parts, URL), name));
    own.put("wrtfarm.s3.bucket", name);
    own.put("wrtfarm.topic-prefix", name);
    return own;
  }

  private static void createDatabase(Map<String, String> parts, String name) {
    try (Connection connection =
            DriverManager.getConnection(
                value(parts, URL),
                value(parts, "quarkus.datasource.username"),
                value(parts, "quarkus.datasource.password"));
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException("the database " + name + " cannot be made", e);
    }
  }

  /** {@code jdbc:postgresql://host:port/database?parameters}. */
  private static String withDatabase(String url, String database) {
    return url.replaceFirst("(//[^/]+/)[^?]*", "$1" + database);
  }

  private static String value(Map<String, String> parts, String key) {
    String value = parts.get(key);
    if (value == null) {
      throw new IllegalStateException("the parts' configuration lacks " + key);
    }
    return value;
  }

  private static String randomHex() {
    byte[] bytes = new byte[6];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
